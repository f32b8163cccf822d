"""What stands beside a draft, gathered from the rows."""

from collections.abc import Sequence

from engagement.conversations.conversation import Card
from engagement.voice.check import Occasion
from engagement.voice.draft import asks_for_approval, good_replies
from engagement.voice.guide import manners_in
from engagement.voice.writing import Turn, Writing
from storage.conversations.mentions import asks_us, mentions_of
from storage.database import Tx
from storage.listening.watches import find_watch, watches_of
from storage.turns.team_posts import team_posts_in
from storage.voice.drafts import drafts_of
from storage.voice.guide import find_guide, find_roles
from storage.voice.said import said_lately, said_to_them

TURNS_AT_MOST = 4


def writing_of(tx: Tx, card: Card, *, by: str) -> Writing:
    """Return what somebody sees who writes a reply in the card's conversation."""
    conversation, opening = card.conversation, card.opening
    workspace_id, community = conversation.workspace_id, opening.stored.post.community
    guide, drafts = find_guide(tx, workspace_id), drafts_of(tx, conversation.id)
    manners, turns = manners_in(guide, community), _turns(tx, card)
    roles = find_roles(tx, workspace_id)
    return Writing(
        card=card,
        guide=guide,
        manners=manners,
        occasion=_occasion(tx, card, turns),
        turns=tuple(turns[-TURNS_AT_MOST:]),
        to_them=tuple(said_to_them(tx, card)),
        good=good_replies(said_lately(tx, card), community=community, kind=opening.reading.kind),
        mine=next((draft for draft in drafts if draft.by == by and draft.is_open), None),
        others=tuple(draft for draft in drafts if draft.by != by and draft.is_open),
        asks=asks_for_approval(by, roles, watch_id=conversation.watch_id, community_asks=manners.approval),
    )


def _occasion(tx: Tx, card: Card, turns: Sequence[Turn]) -> Occasion:
    watch = find_watch(tx, card.conversation.watch_id)
    return Occasion(
        community=card.opening.stored.post.community,
        they_wrote="\n".join(turn.text for turn in turns if not turn.by),
        they_asked=asks_us(tx, card.conversation.id),
        about=watch.name if watch else "",
        sites=tuple({each.site for each in watches_of(tx, card.conversation.workspace_id) if each.site}),
    )


def _turns(tx: Tx, card: Card) -> list[Turn]:
    """Return what was said in the conversation that we know of, oldest first."""
    row = tx.one("SELECT thread_key FROM conversation WHERE id = :id", id=card.conversation.id)
    thread = (card.conversation.workspace_id, row["thread_key"] if row else "")
    ours = {each.id: each for each in team_posts_in(tx, thread)}
    theirs = [mention.stored for mention in mentions_of(tx, card.conversation.id) if mention.stored.id not in ours]
    stored = [*((each, "") for each in theirs), *((each.stored, each.slack_user) for each in ours.values())]
    turns = [
        Turn(author=each.post.author, at=each.written_at, text=f"{each.post.title}\n{each.post.text}".strip(), by=by)
        for each, by in stored
    ]
    return sorted(turns, key=lambda turn: turn.at)
