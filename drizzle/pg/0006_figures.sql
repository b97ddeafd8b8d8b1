CREATE TABLE "clocks" (
	"id" text PRIMARY KEY NOT NULL,
	"change_id" text NOT NULL,
	"of" text NOT NULL,
	"stage" text NOT NULL,
	"category" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"deadline" bigint NOT NULL,
	"ended_at" bigint,
	"done_at" bigint,
	"lasted" bigint,
	"known_at" bigint,
	"kept" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figures" (
	"change_id" text PRIMARY KEY NOT NULL,
	"category" text NOT NULL,
	"risk" text NOT NULL,
	"submitted_at" bigint NOT NULL,
	"dropped_at" bigint,
	"dropped" text,
	"finished_at" bigint,
	"outcome" text,
	"implementing" bigint,
	"lasted" bigint,
	"planned" bigint,
	"planned_effort" integer,
	"effort" integer,
	"defects" integer NOT NULL,
	"audits" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" text PRIMARY KEY NOT NULL,
	"change_id" text NOT NULL,
	"of" text NOT NULL,
	"severity" text NOT NULL,
	"at" bigint NOT NULL,
	"finding" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"id" text PRIMARY KEY NOT NULL,
	"change_id" text NOT NULL,
	"score" integer NOT NULL,
	"at" bigint NOT NULL,
	"rating" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "touched" (
	"change_id" text NOT NULL,
	"what" text NOT NULL,
	"name" text NOT NULL,
	"finished_at" bigint NOT NULL,
	"outcome" text NOT NULL,
	CONSTRAINT "touched_change_id_what_name_pk" PRIMARY KEY("change_id","what","name")
);
--> statement-breakpoint
CREATE INDEX "clocks_by_knowledge" ON "clocks" USING btree ("known_at","of","stage","category","kept");--> statement-breakpoint
CREATE INDEX "clocks_by_end" ON "clocks" USING btree ("done_at","of","stage","lasted");--> statement-breakpoint
CREATE INDEX "clocks_by_deadline" ON "clocks" USING btree ("ended_at","deadline");--> statement-breakpoint
CREATE INDEX "figures_by_end" ON "figures" USING btree ("finished_at","category","outcome","risk","submitted_at","implementing","lasted","planned","planned_effort","effort","defects","audits");--> statement-breakpoint
CREATE INDEX "figures_by_submission" ON "figures" USING btree ("submitted_at","category","risk");--> statement-breakpoint
CREATE INDEX "figures_by_drop" ON "figures" USING btree ("dropped_at","dropped");--> statement-breakpoint
CREATE INDEX "findings_by_time" ON "findings" USING btree ("at","of","severity");--> statement-breakpoint
CREATE INDEX "ratings_by_time" ON "ratings" USING btree ("at","score");--> statement-breakpoint
CREATE INDEX "touched_by_end" ON "touched" USING btree ("what","finished_at","name","outcome");