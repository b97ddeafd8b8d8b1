CREATE TABLE `actions` (
	`id` text PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`owner` text NOT NULL,
	`due` integer NOT NULL,
	`done_at` integer,
	`item` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `actions_by_due` ON `actions` (`done_at`,`due`);--> statement-breakpoint
CREATE INDEX `actions_by_owner` ON `actions` (`owner`,`done_at`,`due`);--> statement-breakpoint
CREATE TABLE `changes` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text,
	`year` integer,
	`n` integer,
	`status` text NOT NULL,
	`category` text NOT NULL,
	`risk` text,
	`requester` text NOT NULL,
	`title` text NOT NULL,
	`stage` text,
	`deadline` integer,
	`starts_at` integer,
	`ends_at` integer,
	`submitted_at` integer,
	`decided_at` integer,
	`updated_at` integer NOT NULL,
	`seq` integer NOT NULL,
	`head` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `changes_number` ON `changes` (`number`);--> statement-breakpoint
CREATE INDEX `changes_by_status` ON `changes` (`status`,`updated_at`);--> statement-breakpoint
CREATE INDEX `changes_by_requester` ON `changes` (`requester`,`updated_at`);--> statement-breakpoint
CREATE INDEX `changes_by_submission` ON `changes` (`submitted_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `changes_year_n` ON `changes` (`year`,`n`);--> statement-breakpoint
CREATE TABLE `delegations` (
	`id` text PRIMARY KEY NOT NULL,
	`from_person` text NOT NULL,
	`to_person` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`category` text NOT NULL,
	`proposal` text NOT NULL,
	`step` integer NOT NULL,
	`words` text,
	`template` text,
	`source` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drafts_by_owner` ON `drafts` (`owner`,`updated_at`);--> statement-breakpoint
CREATE TABLE `events` (
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`stream`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `group_members` (
	`group_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`group_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`lane` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`stream` text NOT NULL,
	`payload` text NOT NULL,
	`due` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`resumed` integer NOT NULL,
	`lease_until` integer,
	`lease_owner` text,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due`);--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`state`,`position`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`real_name` text NOT NULL,
	`zone` text NOT NULL,
	`is_admin` integer NOT NULL,
	`is_bot` integer NOT NULL,
	`is_guest` integer NOT NULL,
	`deactivated` integer NOT NULL,
	`dm` text
);
--> statement-breakpoint
CREATE TABLE `role_holders` (
	`role` text NOT NULL,
	`holder` text NOT NULL,
	`deputy` integer NOT NULL,
	PRIMARY KEY(`role`, `holder`, `deputy`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `slack_messages` (
	`stream` text NOT NULL,
	`audience` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`drawn_seq` integer NOT NULL,
	PRIMARY KEY(`stream`, `audience`)
);
--> statement-breakpoint
CREATE TABLE `templates` (
	`id` text PRIMARY KEY NOT NULL,
	`updated_at` integer NOT NULL,
	`head` text NOT NULL,
	`state` text NOT NULL
);
