ALTER TABLE "changes" ADD COLUMN "template" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "went_well" boolean;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "begun_from" text;--> statement-breakpoint
CREATE INDEX "changes_by_template" ON "changes" USING btree ("template");