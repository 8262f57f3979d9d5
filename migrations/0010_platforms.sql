CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"hash" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"used_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "platform_heard" (
	"platform" text NOT NULL,
	"room_id" text NOT NULL,
	"up_to" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "platform_heard_platform_room_id_pk" PRIMARY KEY("platform","room_id")
);
--> statement-breakpoint
CREATE TABLE "platform_inbound" (
	"platform" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"received_at" timestamp(3) with time zone NOT NULL,
	"holder" text,
	"leased_until" timestamp(3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp(3) with time zone,
	"failure" text,
	CONSTRAINT "platform_inbound_platform_key_pk" PRIMARY KEY("platform","key")
);
--> statement-breakpoint
CREATE TABLE "platform_links" (
	"platform" text NOT NULL,
	"user_id" text NOT NULL,
	"person_id" text NOT NULL,
	"how" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "platform_links_platform_user_id_pk" PRIMARY KEY("platform","user_id")
);
--> statement-breakpoint
CREATE TABLE "platform_messages" (
	"platform" text NOT NULL,
	"room_id" text NOT NULL,
	"message_id" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"author" text NOT NULL,
	"author_name" text NOT NULL,
	"is_bot" boolean NOT NULL,
	"text" text NOT NULL,
	"thread" text,
	"pinned_by" text,
	"edited_at" timestamp(3) with time zone,
	"deleted_at" timestamp(3) with time zone,
	"reactions" jsonb NOT NULL,
	"files" jsonb NOT NULL,
	"earlier" jsonb NOT NULL,
	"event" text,
	CONSTRAINT "platform_messages_platform_room_id_message_id_pk" PRIMARY KEY("platform","room_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "platform_posts" (
	"platform" text NOT NULL,
	"room_id" text NOT NULL,
	"key" text NOT NULL,
	"message_id" text,
	"intended_at" timestamp(3) with time zone NOT NULL,
	"sent_at" timestamp(3) with time zone,
	CONSTRAINT "platform_posts_platform_room_id_key_pk" PRIMARY KEY("platform","room_id","key")
);
--> statement-breakpoint
CREATE TABLE "platform_rooms" (
	"platform" text NOT NULL,
	"key" text NOT NULL,
	"room_id" text,
	"name" text NOT NULL,
	"intended_at" timestamp(3) with time zone NOT NULL,
	"made_at" timestamp(3) with time zone,
	CONSTRAINT "platform_rooms_platform_key_pk" PRIMARY KEY("platform","key")
);
--> statement-breakpoint
CREATE TABLE "silence_alarms" (
	"platform" text NOT NULL,
	"room_id" text NOT NULL,
	"about" text NOT NULL,
	"scheduled_id" text NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "silence_alarms_platform_room_id_about_pk" PRIMARY KEY("platform","room_id","about")
);
--> statement-breakpoint
CREATE INDEX "platform_inbound_waiting" ON "platform_inbound" USING btree ("platform","done_at","received_at");--> statement-breakpoint
CREATE INDEX "platform_messages_at" ON "platform_messages" USING btree ("platform","room_id","at");--> statement-breakpoint
CREATE INDEX "platform_rooms_room" ON "platform_rooms" USING btree ("platform","room_id");