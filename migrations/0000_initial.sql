CREATE SEQUENCE "public"."incident_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "chat_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "chat_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"room_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"rev" bigint NOT NULL,
	"author" jsonb NOT NULL,
	"author_person" text,
	"at" timestamp(3) with time zone NOT NULL,
	"message" jsonb,
	"text" text NOT NULL,
	"event" text,
	"client_key" text,
	"pinned_at" timestamp(3) with time zone,
	"pinned_by" text,
	"edited_at" timestamp(3) with time zone,
	"deleted_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "chat_reads" (
	"room_id" bigint NOT NULL,
	"reader_id" text NOT NULL,
	"last_seq" bigint NOT NULL,
	CONSTRAINT "chat_reads_room_id_reader_id_pk" PRIMARY KEY("room_id","reader_id")
);
--> statement-breakpoint
CREATE TABLE "chat_rooms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "chat_rooms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"platform" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"topic" text NOT NULL,
	"is_private" boolean NOT NULL,
	"members" jsonb NOT NULL,
	"last_change" bigint DEFAULT 0 NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "chat_rooms_key" UNIQUE("platform","key"),
	CONSTRAINT "chat_rooms_name" UNIQUE("platform","name"),
	CONSTRAINT "chat_rooms_kind" CHECK ("chat_rooms"."kind" in ('incident', 'channel', 'direct'))
);
--> statement-breakpoint
CREATE TABLE "alert_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"route" text NOT NULL,
	"service" text,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"last_alert_at" timestamp(3) with time zone NOT NULL,
	"incident_id" integer,
	"firing" integer NOT NULL,
	"total" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"key" text NOT NULL,
	"status" text NOT NULL,
	"group_id" text,
	"first_at" timestamp(3) with time zone NOT NULL,
	"last_at" timestamp(3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"signal" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "escalation_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" integer NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"incident_id" integer NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"type" text NOT NULL,
	"by" jsonb NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "events_incident_id_seq_pk" PRIMARY KEY("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" integer PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"severity" text NOT NULL,
	"kind" text NOT NULL,
	"visibility" text NOT NULL,
	"service" text,
	"title" text NOT NULL,
	"declared_at" timestamp(3) with time zone NOT NULL,
	"resolved_at" timestamp(3) with time zone,
	"room_platform" text,
	"room_id" text,
	"last_seq" integer NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "instance" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" text NOT NULL,
	"priority" smallint NOT NULL,
	"merge_key" text,
	"effect" jsonb NOT NULL,
	"incident_id" integer,
	"created_at" timestamp(3) with time zone NOT NULL,
	"not_before" timestamp(3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"leased_until" timestamp(3) with time zone,
	"last_error" text,
	"dead_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" integer NOT NULL,
	"place" integer NOT NULL,
	"person_id" text NOT NULL,
	"started_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"end_why" text,
	"folded_at" timestamp(3) with time zone,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_runs" (
	"policy" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"url" text,
	"started_at" timestamp(3) with time zone NOT NULL,
	"seen_at" timestamp(3) with time zone NOT NULL,
	"config_hash" text,
	"config_problem" text
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"key" text PRIMARY KEY NOT NULL,
	"incident_id" integer NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"command" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"last_used_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "tokens_kind" CHECK ("tokens"."kind" in ('source', 'person'))
);
--> statement-breakpoint
CREATE TABLE "unparsed" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unparsed_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"received_at" timestamp(3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"content_type" text,
	"body" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_room_id_chat_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."chat_rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_reads" ADD CONSTRAINT "chat_reads_room_id_chat_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."chat_rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_messages_client_key" ON "chat_messages" USING btree ("client_key");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_messages_seq" ON "chat_messages" USING btree ("room_id","seq");--> statement-breakpoint
CREATE INDEX "chat_messages_rev" ON "chat_messages" USING btree ("room_id","rev");--> statement-breakpoint
CREATE INDEX "chat_messages_pinned" ON "chat_messages" USING btree ("room_id") WHERE "chat_messages"."pinned_at" is not null;--> statement-breakpoint
CREATE INDEX "alert_groups_by_key" ON "alert_groups" USING btree ("key","opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alert_groups_by_incident" ON "alert_groups" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "alerts_by_group" ON "alerts" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "alerts_by_source" ON "alerts" USING btree ("source","last_at");--> statement-breakpoint
CREATE INDEX "escalation_runs_by_incident" ON "escalation_runs" USING btree ("incident_id","number");--> statement-breakpoint
CREATE INDEX "incidents_by_status" ON "incidents" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "incidents_by_room" ON "incidents" USING btree ("room_platform","room_id");--> statement-breakpoint
CREATE INDEX "outbox_by_priority" ON "outbox" USING btree ("priority","id");--> statement-breakpoint
CREATE INDEX "outbox_by_lane" ON "outbox" USING btree ("lane","id");--> statement-breakpoint
CREATE INDEX "outbox_by_merge_key" ON "outbox" USING btree ("merge_key");--> statement-breakpoint
CREATE INDEX "pages_by_incident" ON "pages" USING btree ("incident_id","place");--> statement-breakpoint
CREATE INDEX "pages_by_person" ON "pages" USING btree ("person_id","ended_at");--> statement-breakpoint
CREATE INDEX "timers_by_due" ON "timers" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "timers_by_incident" ON "timers" USING btree ("incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "unparsed_by_source" ON "unparsed" USING btree ("source","id");