-- A kind that hardly anybody writes is looked up: the list of everything would be read to its end for the few there are.

CREATE INDEX mention_by_kind ON mention (workspace_id, kind, conversation_id);
