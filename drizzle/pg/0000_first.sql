CREATE TABLE "actions" (
	"id" text PRIMARY KEY NOT NULL,
	"change_id" text NOT NULL,
	"owner" text NOT NULL,
	"due" bigint NOT NULL,
	"done_at" bigint,
	"item" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text,
	"year" integer,
	"n" integer,
	"status" text NOT NULL,
	"category" text NOT NULL,
	"risk" text,
	"requester" text NOT NULL,
	"title" text NOT NULL,
	"stage" text,
	"deadline" bigint,
	"starts_at" bigint,
	"ends_at" bigint,
	"submitted_at" bigint,
	"decided_at" bigint,
	"updated_at" bigint NOT NULL,
	"seq" integer NOT NULL,
	"head" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "changes_number" UNIQUE("number"),
	CONSTRAINT "changes_year_n" UNIQUE("year","n")
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"from_person" text NOT NULL,
	"to_person" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"category" text NOT NULL,
	"proposal" text NOT NULL,
	"step" integer NOT NULL,
	"words" text,
	"template" text,
	"source" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"at" bigint NOT NULL,
	"data" text NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "events_stream_seq_pk" PRIMARY KEY("stream","seq")
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" text NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "group_members_group_id_person_id_pk" PRIMARY KEY("group_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"lane" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"stream" text NOT NULL,
	"payload" text NOT NULL,
	"due" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"resumed" boolean NOT NULL,
	"lease_until" bigint,
	"lease_owner" text,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"real_name" text NOT NULL,
	"zone" text NOT NULL,
	"is_admin" boolean NOT NULL,
	"is_bot" boolean NOT NULL,
	"is_guest" boolean NOT NULL,
	"deactivated" boolean NOT NULL,
	"dm" text
);
--> statement-breakpoint
CREATE TABLE "role_holders" (
	"role" text NOT NULL,
	"holder" text NOT NULL,
	"deputy" boolean NOT NULL,
	CONSTRAINT "role_holders_role_holder_deputy_pk" PRIMARY KEY("role","holder","deputy")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slack_messages" (
	"stream" text NOT NULL,
	"audience" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"drawn_seq" integer NOT NULL,
	CONSTRAINT "slack_messages_stream_audience_pk" PRIMARY KEY("stream","audience")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" text PRIMARY KEY NOT NULL,
	"updated_at" bigint NOT NULL,
	"head" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "actions_by_due" ON "actions" USING btree ("done_at","due");--> statement-breakpoint
CREATE INDEX "actions_by_owner" ON "actions" USING btree ("owner","done_at","due");--> statement-breakpoint
CREATE INDEX "changes_by_status" ON "changes" USING btree ("status","updated_at");--> statement-breakpoint
CREATE INDEX "changes_by_requester" ON "changes" USING btree ("requester","updated_at");--> statement-breakpoint
CREATE INDEX "changes_by_submission" ON "changes" USING btree ("submitted_at");--> statement-breakpoint
CREATE INDEX "drafts_by_owner" ON "drafts" USING btree ("owner","updated_at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("state","due");--> statement-breakpoint
CREATE INDEX "outbox_lane" ON "outbox" USING btree ("lane","state","position");