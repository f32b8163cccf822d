"""What an event tells, from the line of the history that it names and from the rows as they stand."""

from engagement.sending.event import ConversationEvent, Deed, ImprovementEvent, Told
from engagement.sending.webhook import Event
from storage.conversations.conversation_rows import with_decision
from storage.conversations.conversations import find_conversation
from storage.conversations.decided import UNSAID
from storage.conversations.mentions import opening_mention
from storage.database import Row, Tx
from storage.improvements.demands import count_who_asked
from storage.improvements.improvements import improvement_from
from storage.listening.watches import find_watch
from storage.records.history import read_facts
from storage.stamps import read_stamp


def told_by(tx: Tx, event: Event) -> Told | None:
    """Return what an event tells; None where what it is about is there no more.

    The decision is that of its time; titles and links are those of now, so that an event tells nothing that was
    deleted since, or that somebody asked to be forgotten.
    """
    line = tx.one("SELECT * FROM history WHERE id = :id", id=event.line)
    if line is None:
        return None
    return _of_improvement(tx, line) if line["object"] == "improvement" else _of_conversation(tx, line)


def _of_conversation(tx: Tx, line: Row) -> ConversationEvent | None:
    conversation, opening = find_conversation(tx, line["object_id"]), opening_mention(tx, line["object_id"])
    watch = find_watch(tx, conversation.watch_id) if conversation else None
    if conversation is None or opening is None or watch is None:
        return None
    return ConversationEvent(
        deed=_deed(line),
        before=with_decision(conversation, UNSAID | read_facts(line["before_facts"])),
        after=with_decision(conversation, UNSAID | read_facts(line["after_facts"])),
        watch=watch.name,
        opening=opening.stored.post,
    )


def _of_improvement(tx: Tx, line: Row) -> ImprovementEvent | None:
    row = tx.one("SELECT * FROM improvement WHERE id = :id", id=line["object_id"])
    if row is None:
        return None
    after = improvement_from({**row, **read_facts(line["after_facts"])})
    return ImprovementEvent(deed=_deed(line), after=after, people=count_who_asked(tx, after.id))


def _deed(line: Row) -> Deed:
    return Deed(workspace_id=line["workspace_id"], act=line["act"], actor=line["actor"], at=read_stamp(line["at"]))
