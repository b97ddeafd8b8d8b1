CREATE TABLE "posts" (
	"id" text PRIMARY KEY NOT NULL,
	"post" text NOT NULL,
	"due" bigint NOT NULL,
	"head" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "posts_by_post" ON "posts" USING btree ("post","due");