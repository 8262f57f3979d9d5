CREATE TABLE "said_holidays" (
	"scope" text NOT NULL,
	"date" text NOT NULL,
	"name" text,
	"by" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "said_holidays_scope_date_pk" PRIMARY KEY("scope","date")
);
