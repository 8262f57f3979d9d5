CREATE TABLE "page_bundles" (
	"bundle" text NOT NULL,
	"place" integer NOT NULL,
	"incident_id" integer NOT NULL,
	"page_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	CONSTRAINT "page_bundles_bundle_attempt_id_pk" PRIMARY KEY("bundle","attempt_id")
);
--> statement-breakpoint
CREATE TABLE "page_windows" (
	"person_id" text NOT NULL,
	"channel" text NOT NULL,
	"open_until" timestamp(3) with time zone NOT NULL,
	"holder" text NOT NULL,
	CONSTRAINT "page_windows_person_id_channel_pk" PRIMARY KEY("person_id","channel")
);
