-- A message to a person goes to their user id and stands in a conversation with an id of its own.

ALTER TABLE message ADD COLUMN stands_in TEXT NOT NULL DEFAULT '';  -- that conversation; empty for what stands in its channel
