CREATE TABLE "silences" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "silences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"matchers" jsonb NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"until_at" timestamp(3) with time zone NOT NULL,
	"why" text,
	"incident_id" integer,
	"ended_at" timestamp(3) with time zone,
	"ended_by" jsonb,
	"held" integer,
	"let_go" integer DEFAULT 0 NOT NULL,
	"over_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "silenced_by" integer;--> statement-breakpoint
CREATE INDEX "silences_live" ON "silences" USING btree ("until_at") WHERE "silences"."over_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_of_silence" ON "alerts" USING btree ("silenced_by","status") WHERE "alerts"."silenced_by" is not null;