CREATE TABLE "coverage_told" (
	"owner" text NOT NULL,
	"subject" text NOT NULL,
	"start_at" timestamp(3) with time zone NOT NULL,
	"end_at" timestamp(3) with time zone NOT NULL,
	"gone_at" timestamp(3) with time zone,
	CONSTRAINT "coverage_told_owner_subject_start_at_pk" PRIMARY KEY("owner","subject","start_at")
);
