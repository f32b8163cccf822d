"""Which mention of a conversation waits for us, as SQL from FROM on, with its post."""

from typing import Final

# A question under our own launch post is what lists name, and what matters, not the launch.
ASKED: Final = """FROM conversation JOIN mention ON mention.id = CASE WHEN conversation.asking_mention_id > 0
    THEN conversation.asking_mention_id
    ELSE (SELECT MIN(first.id) FROM mention AS first WHERE first.conversation_id = conversation.id) END
  JOIN post ON post.id = mention.post_id"""
