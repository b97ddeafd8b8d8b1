CREATE TABLE `missed` (
	`change_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	PRIMARY KEY(`change_id`, `ends_at`)
);
--> statement-breakpoint
CREATE INDEX `missed_by_end` ON `missed` (`ends_at`);