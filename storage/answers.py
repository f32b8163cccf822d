"""Answers that stand at the source: found among the team's own posts, and written into the conversation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from engagement.answering import answered_at_source
from engagement.conversation import Conversation
from engagement.decide import asked_again
from engagement.news import News, turns_with_news
from engagement.post import is_withdrawn
from engagement.press import Act
from engagement.said import Said
from engagement.settled import Settled, settled_by
from engagement.target import Deadline, deadline, target_of_watch
from engagement.whose_turn import turns_of
from engagement.workspace import team_hours
from storage.conversations import lock_by_thread, save_conversation, waits_since
from storage.database import Tx
from storage.decided import changes_of, write_decision
from storage.demands import mentions_to_tell, note_told
from storage.mentions import Heard, heard_in
from storage.redraws import redraw_conversation
from storage.said import keep_what_we_said
from storage.team_posts import TeamPost, Thread, keys_of_posts, posts_above, team_posts_in
from storage.watches import find_watch
from storage.workspaces import find_workspace


def settle_answers(tx: Tx, threads: Iterable[Thread], *, at: datetime) -> None:
    """Have each conversation say whose turn it is, now that the team or others have written in its thread."""
    for thread in sorted(set(threads)):
        ours = team_posts_in(tx, thread)
        conversation = lock_by_thread(tx, *thread)
        mentions = heard_in(tx, conversation.id) if conversation else []
        # One who wrote, and nobody of us: what the mention says is all there is to say.
        if conversation and (ours or len(mentions) > 1):
            _settle(tx, conversation, thread, mentions, ours, at=at)


def settle_conversation(tx: Tx, conversation_id: int, *, at: datetime) -> bool:
    """Have one conversation say whose turn it is, like `settle_answers`; return whether it is there."""
    row = tx.one("SELECT workspace_id, thread_key FROM conversation WHERE id = :id", id=conversation_id)
    if row is not None:
        settle_answers(tx, [(row["workspace_id"], row["thread_key"])], at=at)
    return row is not None


def _settle(
    tx: Tx,
    conversation: Conversation,
    thread: Thread,
    mentions: Sequence[Heard],
    ours: Sequence[TeamPost],
    *,
    at: datetime,
) -> None:
    if conversation.unsure or conversation.dismissed_by:
        return
    settled = settled_by(changes_of(tx, conversation))
    asked = _asked(tx, settled, mentions, {post.id for post in ours})
    said = [*asked.values(), *(_answer(post, settled) for post in ours)]
    all_said = [*said, *_between(tx, said, thread[1])]
    turns = turns_of(all_said, thread_key=thread[1])
    waiting = list(asked.items())
    if settled.shipped_at:
        news = _news(tx, conversation.id, settled, settled.shipped_at, asked)
        turns = turns_with_news(turns, all_said, news, thread_key=thread[1])
        waiting += list(news.asked.items())
    after = answered_at_source(conversation, turns)
    if after is not None and save_conversation(tx, after):
        write_decision(tx, conversation, after, act=Act.ANSWERED_THERE, actor=after.reply.answered_by, at=at)
        note_told(tx, conversation, after, act=Act.ANSWERED_THERE)
        keep_what_we_said(tx, conversation, after)
        redraw_conversation(tx, conversation.id)
    elif turns.waiting:
        number = next(number for number, each in waiting if each == turns.waiting[0])
        _wait(tx, conversation, number, turns.waiting[0].at, at=at)


def _wait(tx: Tx, conversation: Conversation, mention_id: int, since: datetime, *, at: datetime) -> None:
    """Have the conversation wait for who wrote this mention; also where it seemed that nobody did any more."""
    owed = None if conversation.is_snoozed else _owed(tx, conversation, at=at)
    after = asked_again(conversation, owed=owed, at=at) if owed else None
    if after is not None and save_conversation(tx, after):
        write_decision(tx, conversation, after, act=Act.ASKED_AGAIN, actor="", at=at)
    if waits_since(tx, conversation.id, mention_id, since) or after is not None:
        redraw_conversation(tx, conversation.id)


def _owed(tx: Tx, conversation: Conversation, *, at: datetime) -> Deadline | None:
    """Return when a reply that is owed from now on is due; None without a watch or a workspace, which never were."""
    workspace, watch = find_workspace(tx, conversation.workspace_id), find_watch(tx, conversation.watch_id)
    return deadline(at, target_of_watch(watch), team_hours(workspace)) if workspace and watch else None


def _asked(tx: Tx, settled: Settled, mentions: Sequence[Heard], ours: set[int]) -> dict[int, Said]:
    """Return what others wrote in the thread, by the number of the mention.

    Where a reply was promised and nobody had asked, it is owed to whoever opened the conversation.
    """
    keys = keys_of_posts(tx, [each.mention.stored.id for each in mentions])
    others = [each for each in mentions if each.mention.stored.id not in ours]
    for_opening = settled.is_promised_beside([each.noticed_at for each in others if each.asks])
    return {
        each.mention.id: Said(
            keys=keys[each.mention.stored.id],
            parent_key=each.mention.stored.post.parent_key,
            author=each.mention.stored.post.author,
            at=each.mention.stored.written_at,
            asks=each.asks or (for_opening and each is mentions[0]),
            settled_at=settled.settled_at(each.noticed_at) or each.mention.stored.withdrawn_at,
        )
        for each in others
    }


def _news(tx: Tx, conversation_id: int, settled: Settled, shipped_at: datetime, asked: Mapping[int, Said]) -> News:
    numbers = mentions_to_tell(tx, conversation_id)
    to_tell = {number: each for number, each in asked.items() if number in numbers}
    return News(shipped_at=shipped_at, to_tell=to_tell, settled_at=settled.settled_at(shipped_at))


def _answer(ours: TeamPost, settled: Settled) -> Said:
    stored = ours.stored
    return Said(
        keys=ours.keys,
        parent_key=stored.post.parent_key,
        at=stored.written_at,
        by=ours.slack_user,
        heard_at=stored.seen_at,
        url=stored.post.url,
        counts=not any(
            each.includes(written_at=stored.written_at, heard_at=stored.seen_at) for each in settled.taken_back
        ),
    )


def _between(tx: Tx, said: Sequence[Said], thread_key: str) -> list[Said]:
    """Return what others wrote between a question and our answer without naming us."""
    known = {key for each in said for key in each.keys}
    wanted = {each.parent_key for each in said}
    return [
        # Who knows what was deleted there: it may have asked, and been answered.
        Said(
            keys=keys,
            parent_key=stored.post.parent_key,
            at=stored.written_at,
            asks=is_withdrawn(stored.post),
            settled_at=stored.seen_at,
        )
        for keys, stored in posts_above(tx, wanted - {thread_key, ""}, known=known)
    ]
