CREATE TABLE `freezes` (
	`id` text PRIMARY KEY NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`head` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `freezes_by_end` ON `freezes` (`ends_at`);--> statement-breakpoint
ALTER TABLE `changes` ADD `touches` text;--> statement-breakpoint
CREATE INDEX `changes_by_window` ON `changes` (`status`,`ends_at`);--> statement-breakpoint
UPDATE `changes` SET `touches` = json_object(
	'systems', json(coalesce(json_extract(`state`, '$.proposal.systems'), '[]')),
	'environments', json('[]'),
	'implementer', coalesce(json_extract(`state`, '$.implementer'), json_extract(`state`, '$.proposal.implementer'), `requester`)
);
