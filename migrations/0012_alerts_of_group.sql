DROP INDEX "alerts_by_group";--> statement-breakpoint
CREATE INDEX "alerts_of_group" ON "alerts" USING btree ("group_id","status","last_at" DESC NULLS FIRST,"id");