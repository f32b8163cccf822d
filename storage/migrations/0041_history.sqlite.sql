-- The history is only ever added to, whoever asks; a line is written anew only because a person was forgotten.

ALTER TABLE history ADD COLUMN forgotten_id BIGINT REFERENCES forgotten_person (id); -- who was taken out of the line last

CREATE TRIGGER history_is_kept BEFORE DELETE ON history BEGIN
  SELECT RAISE(ABORT, 'the history is only ever added to');
END;

-- REPLACE deletes, and asks no trigger of a DELETE.
CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE history.id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'the history is only ever added to');
END;

CREATE TRIGGER history_is_not_rewritten BEFORE UPDATE ON history
WHEN NEW.forgotten_id IS NULL OR NEW.forgotten_id < COALESCE(OLD.forgotten_id, 0)
  OR NEW.id <> OLD.id OR NEW.workspace_id <> OLD.workspace_id OR NEW.object <> OLD.object
  OR NEW.object_id <> OLD.object_id OR NEW.act <> OLD.act OR NEW.actor <> OLD.actor OR NEW.at <> OLD.at BEGIN
  SELECT RAISE(ABORT, 'the history is only ever added to');
END;
