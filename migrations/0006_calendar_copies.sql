CREATE TABLE "calendar_copies" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"content" text,
	"etag" text,
	"last_modified" text,
	"read_at" timestamp(3) with time zone,
	"occurrences" jsonb NOT NULL,
	"remarks" jsonb NOT NULL,
	"expanded_at" timestamp(3) with time zone,
	"version" integer NOT NULL,
	"checked_at" timestamp(3) with time zone NOT NULL,
	"next_at" timestamp(3) with time zone NOT NULL,
	"failure" text,
	"failing_since" timestamp(3) with time zone,
	"failures" integer NOT NULL,
	"is_told" boolean NOT NULL
);
