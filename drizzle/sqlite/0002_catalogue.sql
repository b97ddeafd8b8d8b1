ALTER TABLE `changes` ADD `template` text;--> statement-breakpoint
ALTER TABLE `changes` ADD `went_well` integer;--> statement-breakpoint
CREATE INDEX `changes_by_template` ON `changes` (`template`);--> statement-breakpoint
ALTER TABLE `drafts` ADD `begun_from` text;