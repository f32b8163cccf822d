-- Posts whose words were deleted at the source: we keep them no longer, either.

ALTER TABLE post ADD COLUMN withdrawn_at TEXT;
