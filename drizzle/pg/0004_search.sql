CREATE TABLE "search" (
	"key" bigint PRIMARY KEY NOT NULL,
	"change_id" text NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "search_change" UNIQUE("change_id")
);
--> statement-breakpoint
-- drizzle knows no full-text indexes. The words are taken as they are, with no language read into them.
CREATE INDEX "search_index" ON "search" USING gin (array_to_tsvector(string_to_array("words", ' ')));
