CREATE TABLE "platform_values" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
