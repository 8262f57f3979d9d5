DROP INDEX "outbox_by_lane";--> statement-breakpoint
CREATE INDEX "outbox_by_lane" ON "outbox" USING btree ("lane");