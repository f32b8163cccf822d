-- The history is only ever added to, whoever asks; a line is written anew only because a person was forgotten.

ALTER TABLE history ADD COLUMN forgotten_id BIGINT REFERENCES forgotten_person (id); -- who was taken out of the line last

CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'the history is only ever added to';
END $$;

CREATE TRIGGER history_is_kept BEFORE DELETE OR TRUNCATE ON history
FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

CREATE TRIGGER history_is_not_rewritten BEFORE UPDATE ON history FOR EACH ROW
WHEN (NEW.forgotten_id IS NULL OR NEW.forgotten_id < COALESCE(OLD.forgotten_id, 0)
  OR NEW.id <> OLD.id OR NEW.workspace_id <> OLD.workspace_id OR NEW.object <> OLD.object
  OR NEW.object_id <> OLD.object_id OR NEW.act <> OLD.act OR NEW.actor <> OLD.actor OR NEW.at <> OLD.at)
EXECUTE FUNCTION keep_history();
