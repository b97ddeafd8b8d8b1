CREATE TABLE `told` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `told_by_person` ON `told` (`person`,`day`);