CREATE TABLE "contact_methods" (
	"person_id" text NOT NULL,
	"channel" text NOT NULL,
	"address_hash" text NOT NULL,
	"verified_at" timestamp(3) with time zone,
	"code_hash" text,
	"code_sent_at" timestamp(3) with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	"codes_today" integer DEFAULT 0 NOT NULL,
	"codes_since" timestamp(3) with time zone,
	"failing_since" timestamp(3) with time zone,
	"failure" text,
	"told_at" timestamp(3) with time zone,
	CONSTRAINT "contact_methods_person_id_channel_address_hash_pk" PRIMARY KEY("person_id","channel","address_hash")
);
