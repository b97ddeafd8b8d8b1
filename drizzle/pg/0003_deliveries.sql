CREATE TABLE "deliveries" (
	"key" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
