"""Three years of a busy team, made up: the same each time, in the shapes that rows have in real life.

Few people write most of what is written, and most write once; a quarter of all mentions come into a conversation that
is there already; one improvement is asked for by thousands; a fifth of what asks nothing is never decided on; and the
last week is three times as busy as others.
"""

import random
import sqlite3
from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from search_bench import VOCABULARY, WORDS

from engagement.calendar import Schedule, zone_of
from storage.database import MIGRATIONS
from storage.sqlite import connect_sqlite
from storage.stamps import stamp
from storage.workspaces import remember_workspace

TEAM = "T1"
BEGAN = datetime(2023, 11, 27, tzinfo=UTC)
WEEK = timedelta(days=7)
WEEKS = 156
ENDED = BEGAN + WEEKS * WEEK
BUSIER = 3
COMMUNITIES = [f"r/community{number}" for number in range(40)]
COMMUNITY_ODDS = list(accumulate(1 / (rank + 1) for rank in range(40)))
PEOPLE = 300_000
TEAMMATES = 12
SOURCES = 300
# Of the posts that were read and do not name us, those of the last two weeks are made: nobody asks for older ones.
READ_FOR_EACH = 5
POPULAR = 1
# What nobody has decided on piles up behind one brake.
HOLDS = 1
THEMES = 10
KINDS = ("question", "help", "bug", "complaint", "wish", "praise", "comparison", "news", "promo", "other")
KIND_ODDS = list(accumulate((12, 12, 10, 8, 6, 12, 5, 5, 5, 25)))
ASKING = frozenset(KINDS[:5])
PILLARS = ("user-initiated", "association", "identity", "provider-initiated", "in-person")
PILLAR_ODDS = list(accumulate((85, 5, 5, 3, 2)))
MOODS = {"praise": "good", "complaint": "bad", "bug": "bad"}
AT_ONCE = 20_000
# The words are written in one go with as much memory as this, which is faster than merging many small pieces.
HASH_BYTES = 64_000_000
USUAL_HASH_BYTES = 1_048_576

FACTS = (
    '{"tag": %s, "tagged_by": "%s", "tagged_at": %s, "dismissed_by": "%s", "dismissed_at": %s, "reply_state": "%s", '
    '"due_at": %s, "warn_at": null, "claimed_by": "%s", "claimed_at": %s, "assigned_by": "", "answered_by": "%s", '
    '"answered_at": %s, "answer_url": "%s", "answer_seen": 0, "helper": "%s", "snoozed_until": null, '
    '"snoozed_by": "", "snooze_reason": "", "back_at": null, "mute_id": 0, "improvement_id": %d}'
)
COLUMNS = {
    "post": "id, community, url, title, text, author, thread_key, parent_key, published_at, seen_at, score, says",
    "post_key": "key, post_id",
    "source_post": "source_id, post_id, seen_at, said",
    "conversation": (
        "id, workspace_id, watch_id, channel, thread_key, community, opened_at, asked_at, pressing_since, weighed,"
        " asking_mention_id, tag,"
        " tagged_by, tagged_at, dismissed_by, dismissed_at, reply_state, due_at, claimed_by, claimed_at, answered_by,"
        " answered_at, answer_url, helper, improvement_id, mute_id, unsure, is_open, unseen, brake_id"
    ),
    "mention": (
        "id, workspace_id, watch_id, post_id, conversation_id, term, kind, mood, mood_words, pillar, suggested, reason,"
        " rules_version, waits_for_us, before_start, noticed_at, sure"
    ),
    "history": "workspace_id, object, object_id, act, actor, at, before_facts, after_facts",
    "message": "workspace_id, channel, parent_id, kind, subject, state, ts, not_before, created_at, sent_at",
    "team_post": "workspace_id, post_id, slack_user, thread_key",
    "thread_post": "thread_key, post_id",
    "thread": "thread_key, url, etag, last_modified, looked_at, tried_at, failures, reason, readable",
    "said_in_public": "workspace_id, conversation_id, answered_at, answered_by, written_by, draft_id, url, text, seen",
    "draft": "id, workspace_id, conversation_id, text, written_by, written_at, state, passed",
    "theme": "id, workspace_id, name, folded, phrases",
    "mention_theme": "theme_id, mention_id, noticed_at",
    "brake": "id, workspace_id, channel, opened_at",
    "telling": "improvement_id, mention_id, conversation_id, owed_at, told_at, told_by",
    "improvement": (
        "id, workspace_id, title, kind, channel, owner, tracker_url, state, created_by, created_at, decided_by,"
        " decided_at, merged_into"
    ),
    "watch": "id, workspace_id, channel, name, names, excluded, handles, site, outcome, created_by, created_at",
    "source": "id, url, name, community, interval_seconds, next_poll_at, first_polled_at, last_heard_at",
    "watch_source": "watch_id, source_id, added_at",
    "teammate": "id, workspace_id, slack_user, name",
    "teammate_handle": "workspace_id, community, handle, teammate_id",
    "label": "id, workspace_id, name, folded",
    "person_label": "label_id, community, author",
    "source_label": "label_id, source_id",
    "unlisted_person": "workspace_id, community, author, unlisted_by, unlisted_at",
}


class Opened(NamedTuple):
    """A conversation that later mentions may come into."""

    id: int
    community: str
    thread_key: str
    card: int


class Outcome(NamedTuple):
    """What became of a conversation."""

    tag: str | None = None
    tagged: str | None = None
    by: str = ""
    not_us: str = ""
    reply: str = "none"
    due: str | None = None
    owner: str = ""
    claimed: str | None = None
    answered: str | None = None
    url: str = ""
    helper: str = ""
    improvement: int = 0
    is_open: int = 0

    def facts(self) -> str:
        """Return what the history keeps of it."""
        text = [
            f'"{each}"' if each else "null" for each in (self.tag, self.tagged, self.due, self.claimed, self.answered)
        ]
        tag, tagged, due, claimed, answered = text
        not_us = tagged if self.not_us else "null"
        by_whom = self.owner if self.reply == "answered" else ""
        return FACTS % (
            tag, self.by, tagged, self.not_us, not_us, self.reply, due, self.owner, claimed, by_whom, answered,
            self.url, self.helper, self.improvement,
        )  # fmt: skip


def make_database(file: Path, count: int) -> None:
    """Make a database file with `count` mentions; it can be asked once this begins to write words."""
    connection = connect_sqlite(file)
    connection.migrate(MIGRATIONS)
    schedule = Schedule(weekday=0, hour=0, zone=zone_of("UTC"))
    connection.transact(
        lambda tx: remember_workspace(
            tx, workspace_id=TEAM, name=TEAM, bot_user="", schedule=schedule, digest_channel="C1", at=BEGAN
        )
    )
    connection.close()
    raw = sqlite3.connect(file, isolation_level=None)
    raw.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000")
    indexes = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    raw.execute("BEGIN")
    for name, _ in indexes:
        raw.execute(f"DROP INDEX {name}")
    Made(raw, count).make()
    for _, sql in indexes:
        raw.execute(sql)
    raw.execute("COMMIT")
    raw.execute("PRAGMA journal_mode = WAL")
    write_words(raw)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def write_words(raw: sqlite3.Connection) -> None:
    """Have the mentions found by their words: in these texts, what SQLite takes for a word is what we do."""
    raw.execute("INSERT INTO post_words (post_words, rank) VALUES ('hashsize', ?)", (HASH_BYTES,))
    raw.execute(
        """INSERT INTO post_words (rowid, words)
           SELECT id, LOWER(title || ' ' || text || ' ' || author || ' ' || REPLACE(community, '/', ' ')) FROM post
           WHERE EXISTS (SELECT 1 FROM mention WHERE mention.post_id = post.id) ORDER BY id"""
    )
    raw.execute("INSERT INTO post_words (post_words, rank) VALUES ('hashsize', ?)", (USUAL_HASH_BYTES,))


class Made:
    """Rows, on their way into a database."""

    def __init__(self, raw: sqlite3.Connection, count: int) -> None:
        self.raw, self.count = raw, count
        self.chance = random.Random(1)  # noqa: S311 - no secret
        self.words = self.chance.choices(WORDS, [1 / (rank + 1) for rank in range(VOCABULARY)], k=2_000_000)
        self.rows: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
        self.recent: deque[Opened] = deque(maxlen=2_000)
        self.posts = self.conversations = self.messages = self.drafts = 0
        self.improvements = max(8, min(4 * WEEKS, count // 100))
        self.busy = BUSIER * count // (WEEKS + BUSIER - 1)

    def make(self) -> None:
        """Write everything but the words."""
        self._team()
        for number in range(1, self.count + 1):
            at = self._moment(number)
            self._mention(number, at)
            if ENDED - at < 2 * WEEK:
                for _ in range(READ_FOR_EACH):
                    self._post(at, self._community(), self._person(), "", "")
            if len(self.rows["post"]) >= AT_ONCE:
                self._write()
        self._improvements()
        self._write()

    def _moment(self, number: int) -> datetime:
        usual = self.count - self.busy
        if number <= usual:
            return BEGAN + (ENDED - WEEK - BEGAN) * (number / (usual + 1))
        return ENDED - WEEK + WEEK * ((number - usual) / (self.busy + 1))

    def _community(self) -> str:
        return self.chance.choices(COMMUNITIES, cum_weights=COMMUNITY_ODDS)[0]

    def _person(self) -> str:
        # Zipf's law, less the few who would write all day.
        return f"person{int(20 * (PEOPLE / 20) ** self.chance.random()) - 20}"

    def _text(self, length: int) -> str:
        start = self.chance.randrange(len(self.words) - length)
        return " ".join(self.words[start : start + length])

    # ---- posts -----------------------------------------------------------------------------------------------------

    def _post(
        self,
        at: datetime,
        community: str,
        author: str,
        thread_key: str,
        parent_key: str,
        text: str = "",
        title: str = "",
    ) -> int:
        self.posts += 1
        number, key, seen = self.posts, f"reddit:t{self.posts:08}", stamp(at)
        url = f"https://www.reddit.com/{community}/comments/{number:08}"
        score = int(self.chance.paretovariate(0.9)) % 5000 - 1
        self.rows["post"].append(
            (number, community, url, title, text, author, thread_key or key, parent_key, seen, seen, score, None)
        )
        self.rows["post_key"] += ((key, number), (f"www.reddit.com/{community}/comments/{number:08}", number))
        source = 1 + COMMUNITIES.index(community) + 40 * self.chance.randrange(SOURCES // 40)
        self.rows["source_post"].append((source, number, seen, f"b2:{number:032x}"))
        return number

    def _mention(self, number: int, at: datetime) -> None:
        kind = self.chance.choices(KINDS, cum_weights=KIND_ODDS)[0]
        pillar = self.chance.choices(PILLARS, cum_weights=PILLAR_ODDS)[0]
        asks = int(kind in ASKING and pillar == "user-initiated")
        joined = self._joined()
        community = joined.community if joined else self._community()
        text = f"Tidewiki {self._text(self.chance.randrange(10, 110))}"
        title = "" if joined else f"Tidewiki {self._text(5)}"
        parent = joined.thread_key if joined else ""
        post = self._post(at, community, self._person(), parent, parent, text, title)
        opened = joined or self._conversation(number, post, community, at, asks=asks, kind=kind)
        self.rows["mention"].append(
            (
                number, TEAM, 1 + number % 5, post, opened.id, f"tidewiki{number % 7 or ''}", kind,
                MOODS.get(kind, "unsure"), "[]", pillar, "interact" if asks else "listen", "a user asks", 1, asks, 0,
                stamp(at), 1,
            )
        )  # fmt: skip
        if number * 7919 % 100 < 8:
            self.rows["mention_theme"].append((1 + number % THEMES, number, stamp(at)))
        if joined:
            self._message("note", number, at, opened.card)

    def _joined(self) -> Opened | None:
        """Return the conversation that a mention comes into, a fresh one rather than an old one."""
        if not self.recent or self.chance.random() > 0.25:
            return None
        return self.recent[-1 - int(len(self.recent) * self.chance.random() ** 4)]

    # ---- conversations ---------------------------------------------------------------------------------------------

    def _conversation(self, mention: int, post: int, community: str, at: datetime, *, asks: int, kind: str) -> Opened:
        self.conversations += 1
        number, thread_key = self.conversations, f"reddit:t{post:08}"
        muted, unsure = int(self.chance.random() < 0.02), int(self.chance.random() < 0.01)
        is_silent = muted or unsure
        said = Outcome() if is_silent else self._outcome(number, post, community, at, asks=asks, kind=kind)
        by_us = said.reply == "answered"
        is_held = bool(said.is_open and said.tag is None and at < ENDED - timedelta(days=2))
        self.rows["conversation"].append(
            (
                number, TEAM, 1 + mention % 5, "C1", thread_key, community, stamp(at), stamp(at),
                stamp(at - timedelta(hours=3 * (20 + number % 50))), 1, mention * asks,
                said.tag, said.by, said.tagged if said.tag else None, said.not_us, said.tagged if said.not_us else None,
                said.reply, said.due, said.owner, said.claimed, said.owner if by_us else "", said.answered, said.url,
                said.helper, said.improvement, muted, unsure, said.is_open, 0, HOLDS if is_held else None,
            )
        )  # fmt: skip
        card = self._message("card", number, at, is_held=is_held)
        if said.improvement:
            self._tell(said.improvement, mention, number)
        opened = Opened(number, community, thread_key, card)
        self.recent.append(opened)
        return opened

    def _outcome(self, number: int, post: int, community: str, at: datetime, *, asks: int, kind: str) -> Outcome:
        drawn, by = self.chance.random(), f"U{self.chance.randrange(TEAMMATES)}"
        decided = at + timedelta(minutes=5 + self.chance.expovariate(1 / 90))
        if drawn < (0.03 if asks else 0.2) or decided >= ENDED:
            return Outcome(is_open=1)
        first = Outcome(by=by, tagged=stamp(decided), is_open=0)
        if drawn > 0.92:
            return self._decided(number, Outcome(is_open=1), first._replace(by="", not_us=by), "not us", by, decided)
        reacted = kind in ("bug", "complaint", "wish", "praise") and self.chance.random() < 0.25
        tag = "react" if reacted else "interact" if asks else "listen"
        first = first._replace(tag=tag, improvement=self._improvement(at) if reacted else 0)
        owed = first._replace(reply="owed", due=stamp(at + timedelta(days=1)), is_open=1) if asks else first
        self._decided(number, Outcome(is_open=1), owed, tag, by, decided)
        return self._answered(number, post, community, owed, decided) if asks else owed

    def _answered(self, number: int, post: int, community: str, owed: Outcome, decided: datetime) -> Outcome:
        """Return what became of a reply that is owed: mostly somebody of us gave it, sometimes others did."""
        drawn, owner = self.chance.random(), f"U{self.chance.randrange(TEAMMATES)}"
        claimed = owed._replace(reply="claimed", owner=owner, claimed=stamp(decided))
        at = decided + timedelta(hours=self.chance.expovariate(1 / 6))
        if drawn < 0.5:
            self._decided(number, owed, claimed, "claim", owner, decided)
        else:
            claimed = owed
        if at >= ENDED:
            return claimed
        over = owed._replace(answered=stamp(at), is_open=0, owner="")
        if drawn > 0.97:
            return self._decided(
                number, owed, over._replace(reply="cannot tell", answered=None, is_open=1), "cannot tell", "", at
            )
        thread_key, helper = f"reddit:t{post:08}", self._person()
        by_us = drawn < 0.85
        theirs = self._post(
            at, community, f"tide_{owner.lower()}" if by_us else helper, thread_key, thread_key, self._text(40)
        )
        url = f"https://www.reddit.com/{community}/comments/{theirs:08}"
        self._thread(thread_key, post, theirs, at)
        if not by_us:
            return self._decided(
                number,
                claimed,
                over._replace(reply="answered by others", url=url, helper=helper),
                "answered by others",
                "",
                at,
            )
        self.rows["team_post"].append((TEAM, theirs, owner, thread_key))
        self._said(number, owner, url, at)
        after = over._replace(reply="answered", owner=owner, url=url)
        return self._decided(number, claimed, after, "answered at the source" if drawn < 0.6 else "answered", owner, at)

    def _decided(self, number: int, before: Outcome, after: Outcome, act: str, by: str, at: datetime) -> Outcome:
        self.rows["history"].append((TEAM, "conversation", number, act, by, stamp(at), before.facts(), after.facts()))
        return after

    def _thread(self, thread_key: str, post: int, theirs: int, at: datetime) -> None:
        """Have a fifth of the threads been looked at, with what others wrote there."""
        if self.chance.random() < 0.2:
            community = self.rows["post"][-1][1]
            others = [
                self._post(at, community, self._person(), thread_key, thread_key, self._text(20)) for _ in range(3)
            ]
            self.rows["thread_post"] += [(thread_key, number) for number in (post, theirs, *others)]
            self.rows["thread"].append(
                (thread_key, f"https://x.example/{post}", "", "", stamp(at), stamp(at), 0, "", 1)
            )

    def _said(self, number: int, owner: str, url: str, at: datetime) -> None:
        text, drafted = self._text(40), self.chance.random() < 0.1
        if drafted:
            self.drafts += 1
            self.rows["draft"].append((self.drafts, TEAM, number, text, owner, stamp(at), "posted", "[]"))
        self.rows["said_in_public"].append(
            (TEAM, number, stamp(at), owner, owner, self.drafts if drafted else 0, url, text, 1)
        )

    def _message(self, kind: str, subject: int, at: datetime, parent: int = 0, *, is_held: bool = False) -> int:
        self.messages += 1
        when, state, ts = stamp(at), "held" if is_held else "sent", "" if is_held else f"1{self.messages:09}.000100"
        self.rows["message"].append(
            (TEAM, "C1", parent, kind, str(subject), state, ts, when, when, None if is_held else when)
        )
        return self.messages

    # ---- improvements, and the team --------------------------------------------------------------------------------

    def _improvement(self, at: datetime) -> int:
        """Return what somebody asks for: the one that everybody asks for, one of lately, or none that anybody noted."""
        drawn = self.chance.random()
        if drawn < 0.2:
            return 0
        latest = max(1, int(self.improvements * ((at - BEGAN) / (ENDED - BEGAN))))
        return POPULAR if drawn < 0.25 else max(1, latest - int(40 * self.chance.random() ** 2))

    def _shipped_at(self, number: int) -> datetime:
        return (
            ENDED - timedelta(days=2) if number == POPULAR else BEGAN + (ENDED - BEGAN) * (number / self.improvements)
        )

    def _state(self, number: int) -> str:
        return "shipped" if number == POPULAR else ("shipped", "planned", "shipped", "proposed", "declined")[number % 5]

    def _tell(self, improvement: int, mention: int, conversation: int) -> None:
        if self._state(improvement) == "shipped":
            owed = self._shipped_at(improvement)
            told = stamp(owed + timedelta(hours=5)) if mention % 3 and improvement != POPULAR else None
            self.rows["telling"].append((improvement, mention, conversation, stamp(owed), told, "U1" if told else ""))

    def _improvements(self) -> None:
        for number in range(1, self.improvements + 1):
            at = self._shipped_at(number)
            began = stamp(BEGAN if number == POPULAR else max(BEGAN, at - 20 * WEEK))
            self.rows["improvement"].append(
                (number, TEAM, f"Improvement {self._text(4)}", "build", "C2", "U1", "", self._state(number), "U1",
                 began, "U1", stamp(at - timedelta(minutes=1)), 0)
            )  # fmt: skip

    def _team(self) -> None:
        at, rows = stamp(BEGAN), self.rows
        for number in range(1, 6):
            names = '["Tidewiki"]'
            rows["watch"].append((number, TEAM, "C1", f"Tidewiki {number}", names, "[]", "[]", "", "support", "U1", at))
        for number in range(1, SOURCES + 1):
            url, name = f"https://www.reddit.com/feed/{number}.rss", f"Place {number}"
            rows["source"].append((number, url, name, COMMUNITIES[number % 40], 600, stamp(ENDED), at, stamp(ENDED)))
            rows["watch_source"].append((1 + number % 5, number, at))
        rows["brake"].append((HOLDS, TEAM, "C1", at))
        rows["theme"] += ((each, TEAM, f"Theme {each}", f"theme {each}", '["export"]') for each in range(1, THEMES + 1))
        for number in range(TEAMMATES):
            rows["teammate"].append((number + 1, TEAM, f"U{number}", f"Teammate {number}"))
            rows["teammate_handle"] += ((TEAM, each, f"tide_u{number}", number + 1) for each in COMMUNITIES)
        for number in range(1, 13):
            rows["label"].append((number, TEAM, f"label {number}", f"label {number}"))
            rows["source_label"] += ((number, source) for source in range(number, SOURCES, 50) if number > 6)
            people = {(self._community(), self._person()) for _ in range(300)}
            rows["person_label"] += ((number, *person) for person in sorted(people))
        unlisted = sorted({(self._community(), self._person()) for _ in range(50)})
        rows["unlisted_person"] += ((TEAM, *person, "U1", at) for person in unlisted)

    def _write(self) -> None:
        for table, rows in self.rows.items():
            self.raw.executemany(_insert(table), rows)
            rows.clear()


def _insert(table: str) -> str:
    columns = COLUMNS[table]
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})"
