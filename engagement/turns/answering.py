"""An answer that the bot saw at the source, and what it means for the conversation."""

from dataclasses import replace

from engagement.conversations.conversation import Conversation, Reply, ReplyState, Sighting
from engagement.turns.said import Said
from engagement.turns.whose_turn import Turns
from engagement.understanding.reading import Pillar, Tag


def by_us(sighting: Sighting) -> Sighting:
    """Return the sighting of a post that a teammate wrote: started by us, whatever its words look like."""
    return replace(sighting, reading=replace(sighting.reading, pillar=Pillar.PROVIDER_INITIATED))


def answered_at_source(conversation: Conversation, turns: Turns) -> Conversation | None:
    """Return the conversation after an answer was found in its thread, None when that changes nothing.

    Answered is what nobody waits in any more. Who wrote the answer is the one who answered, whoever had promised to,
    and the first to answer is, whoever was heard first. An answer that somebody told us of gets the evidence it came
    without. What the team decided on stays; where nobody had decided yet, answering was the decision to interact.
    Where the last answer is somebody else's, they answered for us.
    """
    if conversation.dismissed_by or conversation.unsure or turns.waiting:
        return None
    reply = conversation.reply
    if turns.solution:
        return _answered_by_others(conversation, turns.solution)
    if not turns.answers:
        return None
    answer = _better_than(reply, turns) if reply.state is ReplyState.ANSWERED else turns.answers[-1]
    if answer is None:
        return None
    seen = replace(
        reply,
        state=ReplyState.ANSWERED,
        answered_by=answer.by,
        answered_at=answer.at,
        answer_url=answer.url,
        helper="",
        answer_seen=True,
    )
    tagged = conversation if conversation.tag else _interacted(conversation, answer)
    return replace(tagged, reply=seen, snooze=None, version=conversation.version + 1)


def went_on(reply: Reply, turns: Turns) -> bool:
    """Return whether somebody asked on after the answer that stands, and has an answer to that as well."""
    since = reply.answered_at
    if not reply.is_answered or since is None or turns.waiting:
        return False
    told = not reply.answer_seen
    # Whoever takes their words away after we answered was answered all the same.
    ours = [each for each in turns.answered if not each[0].told and not (told and each[0].settled_at)]
    theirs = [each for each in turns.solved if each[0].settled_at is None]
    return any(told or asked.at > since or (asked.asks_on and answer.at > since) for asked, answer in (*ours, *theirs))


def _answered_by_others(conversation: Conversation, solution: Said) -> Conversation | None:
    """Return the conversation as somebody else settled it; what was promised is still known, and owed no more."""
    reply = conversation.reply
    seen = replace(
        reply,
        state=ReplyState.ANSWERED_BY_OTHERS,
        answered_by="",
        answered_at=solution.at,
        helper=solution.author,
        answer_url=solution.url,
        answer_seen=True,
    )
    if seen == reply:
        return None
    return replace(conversation, reply=seen, snooze=None, version=conversation.version + 1)


def _better_than(reply: Reply, turns: Turns) -> Said | None:
    """Return what takes the place of the answer that stands, None where that is as good.

    That is the evidence of what somebody told us of, or an answer before the one we saw: written earlier, heard later.
    """
    if reply.answer_seen:
        stands = any((each.by, each.at) == (reply.answered_by, reply.answered_at) for each in turns.answers)
        return None if stands else turns.answers[-1]
    proofs = [answer for asked, answer in turns.answered if _proves(reply, asked, answer)]
    return proofs[-1] if proofs else None


def _proves(reply: Reply, asked: Said, answer: Said) -> bool:
    """Whether an answer is the one that somebody told us of: theirs, and not known when they did."""
    known = answer.heard_at is not None and reply.answered_at is not None and answer.heard_at <= reply.answered_at
    told = asked.settled_at == reply.answered_at and not known
    return told and answer.by == reply.answered_by and reply.answer_url in ("", answer.url)


def _interacted(conversation: Conversation, answer: Said) -> Conversation:
    return replace(conversation, tag=Tag.INTERACT, tagged_by=answer.by, tagged_at=answer.at)
