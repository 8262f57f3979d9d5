CREATE SEQUENCE "public"."roster_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "notices" (
	"key" text PRIMARY KEY NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roster_log" (
	"schedule" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"by" jsonb NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "roster_log_schedule_seq_pk" PRIMARY KEY("schedule","seq")
);
--> statement-breakpoint
CREATE TABLE "rosters" (
	"schedule" text PRIMARY KEY NOT NULL,
	"last_seq" integer NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "routines" (
	"name" text PRIMARY KEY NOT NULL,
	"started_at" timestamp(3) with time zone NOT NULL,
	"holder" text,
	"leased_until" timestamp(3) with time zone,
	"done_at" timestamp(3) with time zone,
	"failure" text
);
