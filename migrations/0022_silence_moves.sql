ALTER TABLE "silences" ADD COLUMN "moved_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "silences" ADD COLUMN "moved_by" jsonb;