CREATE TABLE "link_tries" (
	"platform" text NOT NULL,
	"user_id" text NOT NULL,
	"tries" integer NOT NULL,
	"since" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "link_tries_platform_user_id_pk" PRIMARY KEY("platform","user_id")
);
