"""Answers that stand at the source: found among the team's own posts, and written into the conversation."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.answering import answered_at_source
from engagement.conversation import Conversation, Mention
from engagement.press import Act
from engagement.whose_turn import Said, turns_of
from storage.conversations import lock_by_thread, save_conversation, waits_since
from storage.database import Tx
from storage.decided import write_decision
from storage.history import read_facts
from storage.mentions import mentions_of, mentions_that_ask, was_asked_again
from storage.redraws import redraw_conversation
from storage.stamps import read_stamp_or_none
from storage.team_posts import TeamPost, Thread, keys_of_posts, team_posts_in


def settle_answers(tx: Tx, threads: Iterable[Thread], *, at: datetime) -> None:
    """Have each conversation say whose turn it is, now that the team or others have written in its thread."""
    for thread in sorted(set(threads)):
        ours = team_posts_in(tx, thread)
        conversation = lock_by_thread(tx, *thread) if ours else None
        if conversation is not None:
            _settle(tx, conversation, thread[1], ours, at=at)


def _settle(tx: Tx, conversation: Conversation, thread_key: str, ours: Sequence[TeamPost], *, at: datetime) -> None:
    mentions = mentions_of(tx, conversation.id)
    asked = _asked(tx, conversation, mentions, {post.id for post in ours})
    refused_until = _refused_until(tx, conversation)
    answers = [_answer(post) for post in ours if refused_until is None or post.stored.written_at > refused_until]
    turns = turns_of([*asked.values(), *answers], thread_key=thread_key)
    after = answered_at_source(conversation, turns)
    if after is not None and save_conversation(tx, after):
        write_decision(tx, conversation, after, act=Act.ANSWERED_THERE, actor=after.reply.answered_by, at=at)
        redraw_conversation(tx, conversation.id)
    elif turns.waiting and turns.answers:
        # Somebody was answered, others were not: the first of them is who waits.
        number = next(number for number, each in asked.items() if each == turns.waiting[0])
        waits_since(tx, conversation.id, number, turns.waiting[0].at)


def _asked(tx: Tx, conversation: Conversation, mentions: Sequence[Mention], ours: set[int]) -> dict[int, Said]:
    """Return what others wrote in the thread, by the number of the mention.

    A reply we owe is one that is asked for: by the opening, unless it is owed because somebody asked again.
    """
    keys = keys_of_posts(tx, [mention.stored.id for mention in mentions])
    asking = mentions_that_ask(tx, conversation.id)
    if conversation.reply.is_open and not (asking and was_asked_again(tx, conversation.id)):
        asking |= {mention.id for mention in mentions[:1]}
    return {
        mention.id: Said(
            keys=keys[mention.stored.id],
            parent_key=mention.stored.post.parent_key,
            at=mention.stored.written_at,
            asks=mention.id in asking,
        )
        for mention in mentions
        if mention.stored.id not in ours
    }


def _refused_until(tx: Tx, conversation: Conversation) -> datetime | None:
    """Return when the answer was written that we saw, and of which somebody said that it is none; None without one.

    Whoever says so has looked at what we had written until then.
    """
    line = tx.one(
        """SELECT before_facts FROM history WHERE object = 'conversation' AND object_id = :id AND act = :reopen
           ORDER BY id DESC LIMIT 1""",
        id=conversation.id,
        reopen=Act.REOPEN.value,
    )
    facts = read_facts(line["before_facts"]) if line else {}
    return read_stamp_or_none(facts["answered_at"]) if facts.get("answer_seen") else None


def _answer(ours: TeamPost) -> Said:
    post = ours.stored.post
    return Said(keys=ours.keys, parent_key=post.parent_key, at=ours.stored.written_at, by=ours.slack_user, url=post.url)
