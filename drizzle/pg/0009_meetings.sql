CREATE TABLE "meetings" (
	"id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"head" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "meetings_by_status" ON "meetings" USING btree ("status","starts_at");