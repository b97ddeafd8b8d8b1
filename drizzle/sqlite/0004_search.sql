CREATE TABLE `search` (
	`key` integer PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`words` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_change` ON `search` (`change_id`);--> statement-breakpoint
-- drizzle knows no full-text tables. This one keeps no text of its own: what it finds is read from `search`. Words come normalised; `ascii` leaves them alone.
CREATE VIRTUAL TABLE `search_index` USING fts5(`words`, content='search', content_rowid='key', detail=none, columnsize=0, tokenize='ascii');--> statement-breakpoint
CREATE TRIGGER `search_added` AFTER INSERT ON `search` BEGIN
	INSERT INTO `search_index` (`rowid`, `words`) VALUES (new.`key`, new.`words`);
END;--> statement-breakpoint
CREATE TRIGGER `search_changed` AFTER UPDATE ON `search` WHEN old.`words` <> new.`words` BEGIN
	INSERT INTO `search_index` (`search_index`, `rowid`, `words`) VALUES ('delete', old.`key`, old.`words`);
	INSERT INTO `search_index` (`rowid`, `words`) VALUES (new.`key`, new.`words`);
END;
