DROP INDEX "told_by_person";--> statement-breakpoint
ALTER TABLE "told" ADD COLUMN "nth" integer;--> statement-breakpoint
ALTER TABLE "told" ADD CONSTRAINT "told_nth" UNIQUE("person","day","nth");