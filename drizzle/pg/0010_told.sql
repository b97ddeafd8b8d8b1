CREATE TABLE "told" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"day" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "told_by_person" ON "told" USING btree ("person","day");