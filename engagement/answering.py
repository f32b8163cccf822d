"""An answer that the bot saw at the source, and what it means for the conversation."""

from dataclasses import replace

from engagement.conversation import Conversation, Reply, ReplyState, Sighting
from engagement.reading import Pillar, Tag
from engagement.whose_turn import Said, Turns


def by_us(sighting: Sighting) -> Sighting:
    """Return the sighting of a post that a teammate wrote: started by us, whatever its words look like."""
    return replace(sighting, reading=replace(sighting.reading, pillar=Pillar.PROVIDER_INITIATED))


def answered_at_source(conversation: Conversation, turns: Turns) -> Conversation | None:
    """Return the conversation after an answer of ours was found in its thread, None when that changes nothing.

    Answered is what nobody waits in any more. Who wrote the answer is the one who answered, whoever had promised to. An
    answer that somebody told us of gets the evidence it came without. What the team decided on stays; where nobody had
    decided yet, answering was the decision to interact.
    """
    if conversation.dismissed_by or conversation.unsure or turns.waiting or not turns.answers:
        return None
    answer, reply = turns.answers[-1], conversation.reply
    if reply.is_answered and not _lacks_evidence(reply, answer):
        return None
    seen = replace(
        reply,
        state=ReplyState.ANSWERED,
        answered_by=answer.by,
        answered_at=answer.at,
        answer_url=answer.url,
        answer_seen=True,
    )
    tagged = conversation if conversation.tag else _interacted(conversation, answer)
    return replace(tagged, reply=seen, snooze=None, version=conversation.version + 1)


def _lacks_evidence(reply: Reply, answer: Said) -> bool:
    return (
        reply.state is ReplyState.ANSWERED
        and not reply.answer_seen
        and reply.answered_by == answer.by
        and reply.answer_url in ("", answer.url)
    )


def _interacted(conversation: Conversation, answer: Said) -> Conversation:
    return replace(conversation, tag=Tag.INTERACT, tagged_by=answer.by, tagged_at=answer.at)
