"""What a conversation would be counted for, because people decided about a theme that it speaks of."""

from engagement.conversations.conversation import Conversation, Offered
from engagement.conversations.standing import may_be_counted
from storage.database import Tx
from storage.improvements.improvements import standing_improvement

# As a decision about a theme counts conversations: without what is from before, or of our own.
SPEAKS_OF = """SELECT DISTINCT theme.name, theme.folded, theme.improvement_id FROM mention
  JOIN mention_theme AS of_theme ON of_theme.mention_id = mention.id JOIN theme ON theme.id = of_theme.theme_id
  WHERE mention.conversation_id = :id AND mention.before_start = 0 AND mention.pillar <> 'provider-initiated'
    AND theme.ended_at = '' AND theme.improvement_id > 0 ORDER BY theme.folded"""


def offered_for(tx: Tx, conversation: Conversation) -> Offered | None:
    """Return what a conversation may be counted for, the first by the theme's name; None where nothing is under way."""
    if not may_be_counted(conversation):
        return None
    for row in tx.all(SPEAKS_OF, id=conversation.id):
        improvement = standing_improvement(tx, row["improvement_id"])
        if improvement is not None and improvement.is_undecided:
            return Offered(theme=row["name"], improvement=improvement)
    return None
