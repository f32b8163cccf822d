-- The latest changes of settings, for the App Home: the history is nearly all decisions about conversations.

CREATE INDEX history_of_settings ON history (workspace_id, id) WHERE object <> 'conversation';
