DROP INDEX `told_by_person`;--> statement-breakpoint
ALTER TABLE `told` ADD `nth` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `told_nth` ON `told` (`person`,`day`,`nth`);