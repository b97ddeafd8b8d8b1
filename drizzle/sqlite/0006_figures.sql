CREATE TABLE `clocks` (
	`id` text PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`of` text NOT NULL,
	`stage` text NOT NULL,
	`category` text NOT NULL,
	`opened_at` integer NOT NULL,
	`deadline` integer NOT NULL,
	`ended_at` integer,
	`done_at` integer,
	`lasted` integer,
	`known_at` integer,
	`kept` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `clocks_by_knowledge` ON `clocks` (`known_at`,`of`,`stage`,`category`,`kept`);--> statement-breakpoint
CREATE INDEX `clocks_by_end` ON `clocks` (`done_at`,`of`,`stage`,`lasted`);--> statement-breakpoint
CREATE INDEX `clocks_by_deadline` ON `clocks` (`ended_at`,`deadline`);--> statement-breakpoint
CREATE TABLE `figures` (
	`change_id` text PRIMARY KEY NOT NULL,
	`category` text NOT NULL,
	`risk` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`dropped_at` integer,
	`dropped` text,
	`finished_at` integer,
	`outcome` text,
	`implementing` integer,
	`lasted` integer,
	`planned` integer,
	`planned_effort` integer,
	`effort` integer,
	`defects` integer NOT NULL,
	`audits` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `figures_by_end` ON `figures` (`finished_at`,`category`,`outcome`,`risk`,`submitted_at`,`implementing`,`lasted`,`planned`,`planned_effort`,`effort`,`defects`,`audits`);--> statement-breakpoint
CREATE INDEX `figures_by_submission` ON `figures` (`submitted_at`,`category`,`risk`);--> statement-breakpoint
CREATE INDEX `figures_by_drop` ON `figures` (`dropped_at`,`dropped`);--> statement-breakpoint
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`of` text NOT NULL,
	`severity` text NOT NULL,
	`at` integer NOT NULL,
	`finding` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `findings_by_time` ON `findings` (`at`,`of`,`severity`);--> statement-breakpoint
CREATE TABLE `ratings` (
	`id` text PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`score` integer NOT NULL,
	`at` integer NOT NULL,
	`rating` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ratings_by_time` ON `ratings` (`at`,`score`);--> statement-breakpoint
CREATE TABLE `touched` (
	`change_id` text NOT NULL,
	`what` text NOT NULL,
	`name` text NOT NULL,
	`finished_at` integer NOT NULL,
	`outcome` text NOT NULL,
	PRIMARY KEY(`change_id`, `what`, `name`)
);
--> statement-breakpoint
CREATE INDEX `touched_by_end` ON `touched` (`what`,`finished_at`,`name`,`outcome`);