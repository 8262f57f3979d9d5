CREATE TABLE "platform_files" (
	"platform" text NOT NULL,
	"room_id" text NOT NULL,
	"message_id" text NOT NULL,
	"file_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text,
	"size" integer,
	"url" text,
	"at" timestamp(3) with time zone NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"checksum" text,
	"content" "bytea",
	"tries" integer NOT NULL,
	"next_try_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "platform_files_platform_room_id_message_id_file_id_pk" PRIMARY KEY("platform","room_id","message_id","file_id")
);
--> statement-breakpoint
CREATE INDEX "platform_files_waiting" ON "platform_files" USING btree ("platform","state","next_try_at");