"""Answers that stand at the source: found among the team's own posts, and written into the conversation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.conversations.decide import asked_again
from engagement.conversations.press import Act
from engagement.dataclass import dataclass
from engagement.improvements.news import News, turns_with_news
from engagement.post import StoredPost, is_withdrawn
from engagement.turns.answering import answered_at_source, went_on
from engagement.turns.programs import is_program
from engagement.turns.said import Said
from engagement.turns.settled import Settled, settled_by
from engagement.turns.target import Deadline
from engagement.turns.whose_turn import turns_of
from engagement.understanding.reading import Saying
from engagement.workspace import owed_from
from storage.conversations.conversations import lock_by_thread, save_conversation, waits_since
from storage.conversations.decided import changes_of, write_decision
from storage.conversations.mentions import Heard, heard_in
from storage.database import Tx
from storage.improvements.demands import mentions_to_tell, note_told
from storage.listening.watches import find_watch
from storage.sending.lost import keep_in_sight
from storage.sending.redraws import redraw_conversation
from storage.turns.team_posts import TeamPost, Thread, keys_of_posts, posts_above, team_posts_in
from storage.turns.thread_posts import thread_posts_in
from storage.voice.said import keep_what_we_said
from storage.workspaces import find_workspace


def settle_answers(tx: Tx, threads: Iterable[Thread], *, at: datetime) -> None:
    """Have each conversation say whose turn it is, now that the team or others have written in its thread."""
    for thread in sorted(set(threads)):
        conversation = lock_by_thread(tx, *thread)
        if conversation and not conversation.unsure and not conversation.dismissed_by:
            known = _known_of(tx, conversation, thread)
            # One who wrote, and nobody else: what the mention says is all there is to say.
            if len(known.said) > 1:
                _settle(tx, conversation, known, thread[1], at=at)


def settle_conversation(tx: Tx, conversation_id: int, *, at: datetime) -> bool:
    """Have one conversation say whose turn it is, like `settle_answers`; return whether it is there."""
    row = tx.one("SELECT workspace_id, thread_key FROM conversation WHERE id = :id", id=conversation_id)
    if row is not None:
        settle_answers(tx, [(row["workspace_id"], row["thread_key"])], at=at)
    return row is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands in a thread: `said` by whomever, and which of it are mentions, each with its number."""

    said: Sequence[Said]
    asked: Mapping[int, Said]
    settled: Settled


def _settle(tx: Tx, conversation: Conversation, known: Known, thread_key: str, *, at: datetime) -> None:
    turns = turns_of(known.said, thread_key=thread_key)
    asked = list(known.asked.items())
    if known.settled.shipped_at:
        news = _news(tx, conversation.id, known.settled, known.settled.shipped_at, known.asked)
        turns = turns_with_news(turns, known.said, news, thread_key=thread_key)
        asked += news.asked.items()
    if went_on(conversation.reply, turns):
        conversation = _ask_again(tx, conversation, at=at) or conversation
    after = answered_at_source(conversation, turns)
    if after is not None and save_conversation(tx, after):
        act = Act.ANSWERED_THERE if after.reply.state is ReplyState.ANSWERED else Act.SOLVED_THERE
        write_decision(tx, conversation, after, act=act, actor=after.reply.answered_by, at=at)
        note_told(tx, conversation, after, act=act)
        keep_what_we_said(tx, conversation, after)
        redraw_conversation(tx, conversation.id)
    elif turns.waiting:
        first = turns.waiting[0]
        _wait(tx, conversation, _mention_of(first, asked), first.at, at=at)


def _mention_of(waiting: Said, asked: Sequence[tuple[int, Said]]) -> int:
    """Return the number of the mention by which somebody waits: what they asked, or asked last before they went on."""
    itself = [number for number, each in asked if each == waiting]
    before = [(each.at, number) for number, each in asked if each.asks and each.author == waiting.author]
    return itself[0] if itself else max(before)[1]


def _wait(tx: Tx, conversation: Conversation, mention_id: int, since: datetime, *, at: datetime) -> None:
    """Have the conversation wait for who wrote this mention; also where it seemed that nobody did any more."""
    is_waiting = conversation.is_snoozed or conversation.reply.state is ReplyState.CANNOT_TELL
    after = None if is_waiting else _ask_again(tx, conversation, at=at)
    if after is not None:
        keep_in_sight(tx, conversation.id, at=at)
    if waits_since(tx, conversation.id, mention_id, since) or after is not None:
        redraw_conversation(tx, conversation.id)


def _ask_again(tx: Tx, conversation: Conversation, *, at: datetime) -> Conversation | None:
    """Have it be our turn again; None where it is ours."""
    owed = _owed(tx, conversation, at=at)
    after = asked_again(conversation, owed=owed, at=at) if owed else None
    if after is None or not save_conversation(tx, after):
        return None
    write_decision(tx, conversation, after, act=Act.ASKED_AGAIN, actor="", at=at)
    return after


def _owed(tx: Tx, conversation: Conversation, *, at: datetime) -> Deadline | None:
    """Return when a reply that is owed from now on is due; None without a watch or a workspace, which never were."""
    workspace, watch = find_workspace(tx, conversation.workspace_id), find_watch(tx, conversation.watch_id)
    return owed_from(at, watch, workspace) if workspace and watch else None


def _known_of(tx: Tx, conversation: Conversation, thread: Thread) -> Known:
    settled = settled_by(changes_of(tx, conversation))
    ours = {post.id: post for post in team_posts_in(tx, thread)}
    mentions = [each for each in heard_in(tx, conversation.id) if each.mention.stored.id not in ours]
    asked = _asked(tx, settled, mentions)
    said = [*asked.values(), *(_answer(post, settled) for post in ours.values())]
    between = _between(tx, settled, said, thread[1])
    numbers = {*ours, *between, *(each.mention.stored.id for each in mentions)}
    beside = [each for each in thread_posts_in(tx, thread[1]) if each.id not in numbers]
    others = [_of_others(each.keys, each.stored, settled) for each in beside]
    return Known(said=[*said, *between.values(), *others], asked=asked, settled=settled)


def _asked(tx: Tx, settled: Settled, mentions: Sequence[Heard]) -> dict[int, Said]:
    """Return what others wrote about us in the thread, by the number of the mention.

    Where a reply was promised and nobody had asked, it is owed to whoever opened the conversation.
    """
    keys = keys_of_posts(tx, [each.mention.stored.id for each in mentions])
    for_opening = settled.is_promised_beside([each.noticed_at for each in mentions if each.asks])
    said = {}
    for each in mentions:
        stored, settlement = each.mention.stored, settled.settlement_of(each.noticed_at)
        # No other conversation is of this thread, but ours may have opened it.
        wanted = for_opening and each is mentions[0] and not each.asks
        said[each.mention.id] = replace(
            _of_others(keys[stored.id], stored, settled),
            asks=each.asks or wanted,
            asks_on=False,
            wanted=wanted,
            settled_at=settlement.at if settlement else stored.withdrawn_at,
            told=settlement is not None and settlement.told,
        )
    return said


def _news(tx: Tx, conversation_id: int, settled: Settled, shipped_at: datetime, asked: Mapping[int, Said]) -> News:
    numbers = mentions_to_tell(tx, conversation_id)
    to_tell = {number: each for number, each in asked.items() if number in numbers}
    return News(shipped_at=shipped_at, to_tell=to_tell, settled_at=settled.settled_at(shipped_at))


def _answer(ours: TeamPost, settled: Settled) -> Said:
    return replace(
        _of_others(ours.keys, ours.stored, settled),
        by=ours.slack_user,
        counts=not settled.is_taken_back(written_at=ours.stored.written_at, heard_at=ours.stored.seen_at, ours=True),
    )


def _of_others(keys: tuple[str, ...], stored: StoredPost, settled: Settled) -> Said:
    """Return a post as it stands in its thread, of somebody who asks us nothing by name."""
    post, settlement = stored.post, settled.settlement_of(stored.seen_at)
    return Said(
        keys=keys,
        parent_key=post.parent_key,
        author=post.author,
        at=stored.written_at,
        asks_on=stored.saying is Saying.ASKS,
        thanks=stored.saying is Saying.THANKS,
        accepted=post.accepted,
        by_program=post.by_program or stored.saying is Saying.AUTOMATIC or is_program(post.author),
        settled_at=settlement.at if settlement else None,
        counts=not settled.is_taken_back(written_at=stored.written_at, heard_at=stored.seen_at, ours=False),
        heard_at=stored.seen_at,
        url=post.url,
    )


def _between(tx: Tx, settled: Settled, said: Sequence[Said], thread_key: str) -> dict[int, Said]:
    """Return what others wrote between a question and our answer without naming us, by the number of the post."""
    known = {key for each in said for key in each.keys}
    wanted = {each.parent_key for each in said}
    above = posts_above(tx, wanted - {thread_key, ""}, known=known)
    between = {stored.id: (stored, _of_others(keys, stored, settled)) for keys, stored in above}
    # Who knows what was deleted there: it may have asked, and been answered.
    return {
        number: replace(one, asks=True, settled_at=stored.seen_at) if is_withdrawn(stored.post) else one
        for number, (stored, one) in between.items()
    }
