CREATE TABLE "absences" (
	"id" integer PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"starts_at" timestamp(3) with time zone NOT NULL,
	"ends_at" timestamp(3) with time zone NOT NULL,
	"why" text,
	"by" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"ended_by" jsonb
);
--> statement-breakpoint
CREATE TABLE "handover_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "handover_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"schedule" text NOT NULL,
	"by" jsonb NOT NULL,
	"text" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"delivered_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE INDEX "absences_by_end" ON "absences" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "handover_notes_by_schedule" ON "handover_notes" USING btree ("schedule","delivered_at");