CREATE TABLE "missed" (
	"change_id" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	CONSTRAINT "missed_change_id_ends_at_pk" PRIMARY KEY("change_id","ends_at")
);
--> statement-breakpoint
CREATE INDEX "missed_by_end" ON "missed" USING btree ("ends_at");