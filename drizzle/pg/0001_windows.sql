CREATE TABLE "freezes" (
	"id" text PRIMARY KEY NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"head" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "touches" text;--> statement-breakpoint
CREATE INDEX "freezes_by_end" ON "freezes" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "changes_by_window" ON "changes" USING btree ("status","ends_at");--> statement-breakpoint
UPDATE "changes" SET "touches" = json_build_object(
	'systems', coalesce("state"::json #> '{proposal,systems}', '[]'::json),
	'environments', '[]'::json,
	'implementer', coalesce("state"::json ->> 'implementer', "state"::json #>> '{proposal,implementer}', "requester")
)::text;
