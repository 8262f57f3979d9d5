CREATE TABLE "said_once" (
	"key" text PRIMARY KEY NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"incident_id" integer,
	"first_seq" integer,
	"last_seq" integer,
	"refusal" jsonb
);
--> statement-breakpoint
CREATE INDEX "said_once_at" ON "said_once" USING btree ("at");