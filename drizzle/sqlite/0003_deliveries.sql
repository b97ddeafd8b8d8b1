CREATE TABLE `deliveries` (
	`key` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
