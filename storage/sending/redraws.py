"""What shows a conversation, a person or a label in Slack, and is to be drawn again from the rows."""

from engagement.sending.outbox import MessageKind
from storage.calm.rollups import redraw_rollup_of
from storage.conversations.copies import root_of
from storage.database import Tx
from storage.sending.messages import mark_stale
from storage.team.labels import MENTION_CARRIES
from storage.turns.reminders import redraw_reminders

# Slack lets a channel's messages be changed about once a second; what is older nobody looks at any more.
REDRAWN_AT_MOST = 10


def redraw_conversation(tx: Tx, conversation_id: int) -> None:
    """Have everything that shows the conversation redrawn from the rows: its card, and what names it."""
    mark_stale(tx, MessageKind.CARD, str(conversation_id))
    mark_stale(tx, MessageKind.ASSIGNED, str(conversation_id))
    _redraw_its_story(tx, conversation_id)
    redraw_rollup_of(tx, conversation_id)
    for row in tx.all("SELECT improvement_id AS id FROM conversation WHERE id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.IMPROVEMENT, str(row["id"]))
    redraw_reminders(tx, conversation_id)
    for row in tx.all("SELECT unsure_list_id AS id FROM conversation WHERE id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.UNSURE, str(row["id"]))
    for row in tx.all("SELECT departure_id FROM departure_row WHERE conversation_id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.DEPARTURE, str(row["departure_id"]))
    for row in tx.all("SELECT digest_id FROM digest_row WHERE conversation_id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.DIGEST, str(row["digest_id"]))


def _redraw_its_story(tx: Tx, conversation_id: int) -> None:
    """Have the card redrawn in whose thread it stands, its note there, and the latest cards that name it."""
    for row in tx.all("SELECT alike_to FROM conversation WHERE id = :id AND alike_to > 0", id=conversation_id):
        mark_stale(tx, MessageKind.CARD, str(root_of(tx, row["alike_to"])))
        for first in tx.all("SELECT MIN(id) AS id FROM mention WHERE conversation_id = :id", id=conversation_id):
            mark_stale(tx, MessageKind.NOTE, str(first["id"]))
    rows = tx.all(
        "SELECT id FROM conversation WHERE alike_to = :id AND alike_to > 0 ORDER BY id DESC LIMIT :limit",
        id=conversation_id,
        limit=REDRAWN_AT_MOST,
    )
    for row in rows:
        mark_stale(tx, MessageKind.CARD, str(row["id"]))


def redraw_improvement(tx: Tx, improvement_id: int) -> None:
    """Have an improvement's card redrawn, and the latest cards that name it."""
    mark_stale(tx, MessageKind.IMPROVEMENT, str(improvement_id))
    rows = tx.all(
        """SELECT id FROM conversation WHERE improvement_id = :id AND improvement_id > 0
           ORDER BY id DESC LIMIT :limit""",
        id=improvement_id,
        limit=REDRAWN_AT_MOST,
    )
    for row in rows:
        mark_stale(tx, MessageKind.CARD, str(row["id"]))


def redraw_person(tx: Tx, workspace_id: str, *, community: str, author: str) -> None:
    """Have the cards of what somebody wrote redrawn, the latest of them."""
    rows = tx.all(
        """SELECT DISTINCT mention.conversation_id FROM post JOIN mention ON mention.post_id = post.id
           WHERE post.community = :community AND post.author = :author AND mention.workspace_id = :workspace_id
           ORDER BY mention.conversation_id DESC LIMIT :limit""",
        workspace_id=workspace_id,
        community=community,
        author=author,
        limit=REDRAWN_AT_MOST,
    )
    for row in rows:
        redraw_conversation(tx, row["conversation_id"])


def redraw_labelled(tx: Tx, workspace_id: str, label_id: int) -> None:
    """Have the cards that show a label of the workspace redrawn, the latest of them."""
    rows = tx.all(
        f"""SELECT mention.conversation_id FROM mention
            WHERE mention.workspace_id = :workspace_id AND {MENTION_CARRIES}
            ORDER BY mention.post_id DESC LIMIT :limit""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        label=label_id,
        limit=REDRAWN_AT_MOST,
    )
    for conversation_id in {row["conversation_id"]: None for row in rows}:
        redraw_conversation(tx, conversation_id)
