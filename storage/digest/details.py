"""The lists in the thread of a digest, computed from rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.digest.details import Answered, Details, Part
from engagement.digest.week import Helped, noisiest_first
from engagement.home import Queued
from engagement.listening.places import Hearing
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind, Pillar
from storage.conversations.asking import ASKED
from storage.conversations.cards import UNTOUCHED
from storage.conversations.mentions import DECIDED_IN
from storage.conversations.queue import ROW, queued_from
from storage.conversations.waiting import count_untagged
from storage.database import Row, Tx, count
from storage.digest.asked_once import AskedOnce
from storage.digest.bounds import Bounds, before
from storage.digest.communities import LISTED_AT_MOST, communities_heard
from storage.digest.figures import figures_of
from storage.digest.voices import voices_of
from storage.digest.weeks import noise_by_watch
from storage.improvements.themes_heard import examples_of
from storage.sending.messages import queue_message
from storage.stamps import read_stamp
from storage.team.labels import CONVERSATION_CARRIES

ROWS_AT_MOST = 15
ANSWERS_AT_MOST = 500
NOISE_AT_MOST = 10

# Praise of the week that nobody of us has said a word to.
PRAISED = f"""FROM mention JOIN conversation ON {DECIDED_IN}
  WHERE mention.workspace_id = :workspace_id AND mention.noticed_at >= :starts_at AND mention.noticed_at < :ends_at
    AND mention.before_start = 0 AND mention.kind = :praise AND mention.pillar = :by_users AND {UNTOUCHED}
    AND conversation.mute_id = 0 AND conversation.unsure = 0"""

SETTLED = "conversation.reply_state = :state AND conversation.dismissed_by = '' AND conversation.mute_id = 0"
ANSWERED = "conversation.answered_at >= :starts_at AND conversation.answered_at < :ends_at"
# That others answered often shows in the week after, when the asker comes back and thanks them.
SOLVED = """conversation.id IN (SELECT history.object_id FROM history
  WHERE history.workspace_id = :workspace_id AND history.object = 'conversation' AND history.act = 'answered by others'
    AND history.at >= :starts_at AND history.at < :ends_at)"""

# What the team wrote at the address of the answer; where we have not read it, what was drafted.
SAID = """COALESCE((SELECT MIN(ours.text) FROM team_post JOIN post AS ours ON ours.id = team_post.post_id
  WHERE team_post.workspace_id = conversation.workspace_id AND team_post.thread_key = conversation.thread_key
    AND ours.url = conversation.answer_url), in_public.text, '') AS said, in_public.written_by, in_public.approved_by"""
# What we know of the answer that stands.
IN_PUBLIC = """LEFT JOIN said_in_public AS in_public ON in_public.id = (SELECT MAX(kept.id) FROM said_in_public AS kept
  WHERE kept.conversation_id = conversation.id AND kept.answered_at = conversation.answered_at)"""


def details_of(
    tx: Tx,
    bounds: Bounds,
    *,
    hearing: Hearing,
    as_of: datetime,
    parts: Iterable[Part] = tuple(Part),
    asked: AskedOnce,
) -> Details:
    """Return what these parts of a digest's thread say now; `hearing` and `as_of` are the digest's own."""
    row = tx.one("SELECT url FROM workspace WHERE id = :id", id=bounds["workspace_id"])
    details = Details(as_of=as_of, team_url=row["url"] if row else "", hearing=hearing)
    for part in parts:
        details = FILLED_BY[part](tx, bounds, details, asked)
    return details


def queue_details(tx: Tx, details: Details, *, digest_id: int, parent_id: int, at: datetime) -> None:
    """Put every message of the thread that has something to say into the outbox, behind the digest itself."""
    for row in tx.all("SELECT workspace_id, channel FROM message WHERE id = :id", id=parent_id):
        for part in details.parts:
            queue_message(
                tx,
                workspace_id=row["workspace_id"],
                channel=row["channel"],
                kind=MessageKind.DETAILS,
                subject=str(digest_id),
                parent_id=parent_id,
                part=part.value,
                at=at,
            )


# ---- the parts -----------------------------------------------------------------------------------------------------


def _with_untagged(tx: Tx, bounds: Bounds, details: Details, _: AskedOnce) -> Details:
    count_of_all = count_untagged(tx, str(bounds["workspace_id"]))
    return replace(details, untagged=_untagged(tx, bounds), all_untagged=count_of_all)


def _with_answered(tx: Tx, bounds: Bounds, details: Details, _: AskedOnce) -> Details:
    return replace(details, answered=_answered(tx, bounds, ReplyState.ANSWERED))


def _with_thanks(tx: Tx, bounds: Bounds, details: Details, _: AskedOnce) -> Details:
    return replace(
        details,
        by_others=_answered(tx, bounds, ReplyState.ANSWERED_BY_OTHERS),
        praise=_praise(tx, bounds),
        all_praise=count(tx, f"FROM (SELECT DISTINCT conversation.id {PRAISED}) AS praised", **_of_praise(bounds)),
    )


def _with_themes(tx: Tx, bounds: Bounds, details: Details, asked: AskedOnce) -> Details:
    workspace_id, ends_at = str(bounds["workspace_id"]), read_stamp(str(bounds["ends_at"]))
    return replace(details, themes=examples_of(tx, workspace_id, asked.themes, ends_at=ends_at))


def _with_noise(tx: Tx, bounds: Bounds, details: Details, _: AskedOnce) -> Details:
    noise = noisiest_first(noise_by_watch(tx, bounds), noise_by_watch(tx, before(bounds)))
    return replace(details, noise=tuple(noise[:NOISE_AT_MOST]))


def _with_figures(tx: Tx, bounds: Bounds, details: Details, asked: AskedOnce) -> Details:
    return replace(
        details,
        figures=figures_of(tx, bounds, asked.needed),
        figures_before=figures_of(tx, before(bounds), asked.needed_before),
    )


def _with_voices(tx: Tx, bounds: Bounds, details: Details, asked: AskedOnce) -> Details:
    return replace(details, voices=voices_of(tx, bounds, asked.turned))


def _with_communities(tx: Tx, bounds: Bounds, details: Details, asked: AskedOnce) -> Details:
    communities = communities_heard(tx, bounds, asked)
    return replace(details, communities=tuple(communities[:LISTED_AT_MOST]), all_communities=len(communities))


FILLED_BY: Final[Mapping[Part, Callable[[Tx, Bounds, Details, AskedOnce], Details]]] = {
    Part.UNTAGGED: _with_untagged,
    Part.ANSWERED: _with_answered,
    Part.THANKS: _with_thanks,
    Part.THEMES: _with_themes,
    Part.FIGURES: _with_figures,
    Part.VOICES: _with_voices,
    Part.COMMUNITIES: _with_communities,
    Part.PLACES: _with_noise,
}


# ---- rows ----------------------------------------------------------------------------------------------------------


def _untagged(tx: Tx, bounds: Bounds) -> tuple[Queued, ...]:
    """Return the newest that nobody has decided on: what the week left comes before what weeks before it left."""
    rows = tx.all(
        f"""SELECT {ROW}, conversation.asked_at AS sorted_by {ASKED}
            WHERE conversation.workspace_id = :workspace_id AND {UNTOUCHED}
            ORDER BY conversation.asked_at DESC, conversation.id DESC LIMIT :limit""",
        workspace_id=bounds["workspace_id"],
        limit=ROWS_AT_MOST,
    )
    return tuple(queued_from(row) for row in rows)


def _praise(tx: Tx, bounds: Bounds) -> tuple[Queued, ...]:
    rows = tx.all(
        f"""SELECT {ROW}, conversation.asked_at AS sorted_by {ASKED}
            WHERE conversation.id IN (SELECT conversation.id {PRAISED})
            ORDER BY conversation.asked_at DESC, conversation.id DESC LIMIT :limit""",
        limit=ROWS_AT_MOST,
        **_of_praise(bounds),
    )
    return tuple(queued_from(row) for row in rows)


def _of_praise(bounds: Bounds) -> Bounds:
    return bounds | {"praise": Kind.PRAISE.value, "by_users": Pillar.USER_INITIATED.value}


def helped_by(tx: Tx, bounds: Bounds) -> tuple[Helped, ...]:
    """Return the answers of which we saw within the period that others gave them for us, in their order."""
    of_label = f"AND {CONVERSATION_CARRIES}" if "label" in bounds else ""
    rows = tx.all(
        f"""SELECT conversation.helper, conversation.answer_url FROM conversation
            WHERE conversation.workspace_id = :workspace_id AND {SOLVED} AND {SETTLED} {of_label}
            ORDER BY conversation.answered_at, conversation.id LIMIT :limit""",  # noqa: S608 - constants only
        state=ReplyState.ANSWERED_BY_OTHERS.value,
        limit=ANSWERS_AT_MOST,
        **bounds,
    )
    return tuple(Helped(by=row["helper"], url=row["answer_url"]) for row in rows)


def _answered(tx: Tx, bounds: Bounds, state: ReplyState) -> tuple[Answered, ...]:
    """Return what was answered within the period, in the order of the answers, with what was said there."""
    within = SOLVED if state is ReplyState.ANSWERED_BY_OTHERS else ANSWERED
    rows = tx.all(
        f"""SELECT conversation.helper, conversation.asked_at, conversation.answered_at, conversation.answered_by,
              conversation.answer_url, conversation.answer_seen, post.title, post.text, post.url, post.community,
              {SAID} {ASKED} {IN_PUBLIC}
            WHERE conversation.workspace_id = :workspace_id AND {within} AND {SETTLED}
            ORDER BY conversation.answered_at, conversation.id LIMIT :limit""",
        state=state.value,
        limit=ANSWERS_AT_MOST,
        **bounds,
    )
    return tuple(map(_answered_from, rows))


def _answered_from(row: Row) -> Answered:
    return Answered(
        title=row["title"] or row["text"],
        url=row["url"],
        community=row["community"],
        asked_at=read_stamp(row["asked_at"]),
        answered_at=read_stamp(row["answered_at"]),
        by=row["answered_by"],
        helper=row["helper"],
        answer_url=row["answer_url"],
        seen=bool(row["answer_seen"]),
        said=row["said"],
        written_by=row["written_by"] or "",
        approved_by=row["approved_by"] or "",
    )
