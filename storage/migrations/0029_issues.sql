-- When the issue of an improvement was last asked whether it is closed.

ALTER TABLE improvement ADD COLUMN issue_asked_at TEXT NOT NULL DEFAULT '';  -- empty: never
ALTER TABLE improvement ADD COLUMN issue_etag TEXT NOT NULL DEFAULT '';
CREATE INDEX improvement_by_issue ON improvement (issue_asked_at)
  WHERE merged_into = 0 AND closed_at IS NULL AND tracker_url <> '';
