-- Who is new to a place, by number rather than by a note for each: what a poll writes of it is one row of the place,
-- however many watches listen there.

ALTER TABLE source ADD COLUMN joins BIGINT NOT NULL DEFAULT 0;        -- how many watches ever joined
ALTER TABLE source ADD COLUMN welcomed BIGINT NOT NULL DEFAULT 0;     -- those up to this number saw what was there before
ALTER TABLE watch_source ADD COLUMN joined BIGINT NOT NULL DEFAULT 0; -- the watch's number among those joins
UPDATE source SET joins = 1 WHERE EXISTS (
  SELECT 1 FROM watch_source WHERE watch_source.source_id = source.id AND watch_source.primed_at IS NULL);
UPDATE watch_source SET joined = 1 WHERE primed_at IS NULL;
DROP INDEX watch_source_unprimed;
ALTER TABLE watch_source DROP COLUMN primed_at;
