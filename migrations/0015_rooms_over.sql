CREATE TABLE "rooms_over" (
	"platform" text NOT NULL,
	"room_id" text NOT NULL,
	"since" timestamp(3) with time zone NOT NULL,
	"archived_at" timestamp(3) with time zone,
	CONSTRAINT "rooms_over_platform_room_id_pk" PRIMARY KEY("platform","room_id")
);
--> statement-breakpoint
CREATE INDEX "rooms_over_due" ON "rooms_over" USING btree ("platform","archived_at","since");