"""A fortnight taken in by the real bot on a real database, with a team in Slack that knows what is theirs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fortnight_world import BEGINS, NAME, PLACES, REAL, Fortnight, Said, Truth, hours_of, truths

from engagement.calendar import Schedule
from engagement.calm.brake import BrakeLimits
from engagement.calm.mute import MuteScope
from engagement.calm.noise import Entry
from engagement.conversations.press import Act, Press
from engagement.listening.source import NewSource, Source
from engagement.sites import host_of
from engagement.watch import NewWatch, Terms
from handlers.polling.intake import Intake
from handlers.polling.same_story import TELLING
from storage.calm.noise import add_noise
from storage.conversations.decisions import record_press
from storage.database import Database, Tx
from storage.listening.listening import listen_to
from storage.listening.sources import all_sources
from storage.listening.watches import save_watch
from storage.understanding.answers import say_not_us, say_us
from storage.understanding.unsure import ask_channel, channels_to_ask, find_doubts, show_next
from storage.workspaces import find_workspace, remember_workspace

TEAM, CHANNEL, MATE = "T0SANDBOX", "C0MENTIONS", "U0MAYA"
# Held cards are cards: what the brake does is another question.
NO_BRAKE = BrakeLimits(cards_per_hour=100_000, untouched=100_000)
# When the team goes through the channel; at nine it is asked what the bot is not sure about.
ASKED_AT, LOOKS_AT = 9, (9, 12, 15, 18)
NAMES = (NAME, "fjordbackup")
ALONE = NewWatch(channel=CHANNEL, name=NAME, terms=Terms(names=NAMES))
# What somebody types who thinks for a minute of the words that stand beside the name of a backup program.
NEAR = "backup, backups, restore, snapshot, NAS, server, docker, Debian, Sicherung, Rechner, sauvegarde, serveur"
WITH_WORDS = NewWatch(
    channel=CHANNEL,
    name=NAME,
    terms=Terms(names=NAMES, near=tuple(NEAR.split(", "))),
    site="https://fjord.example",
    handles=("fjordbackup",),
)
ENOUGH_OF_IT = 2
KINDS = frozenset(REAL) - {"talk"}
# Every mention: the message of the card that stands for it, if there is one, and whether it opens that card.
MENTIONS = """
  SELECT heard.*, heard.opens AND heard.root_id = heard.conversation_id AS opens_card, card.id AS card FROM (
    SELECT mention.id, post_key.key, mention.kind, mention.conversation_id, root.id AS root_id, root.dismissed_by,
      conversation.unsure_list_id, mention.id = (SELECT MIN(first.id) FROM mention AS first
        WHERE first.conversation_id = conversation.id) AS opens
    FROM mention JOIN post_key ON post_key.post_id = mention.post_id
    JOIN conversation ON conversation.id = mention.conversation_id
    JOIN conversation AS root ON root.id = COALESCE(mention.card_id, mention.conversation_id)) AS heard
  LEFT JOIN message AS card ON card.kind = 'card' AND card.subject = CAST(heard.root_id AS TEXT)
  ORDER BY heard.id
"""
TAG_OF = {"interact": Act.INTERACT, "react": Act.REACT, "listen": Act.LISTEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a fortnight came to: cards by what opened them, what the team was asked about, and what was lost.

    `meant` counts by language what people said of us in one of the kinds there are, `read_so` what was read as it.
    `lost` are posts about us that stand in no card, in no card's thread and in no question.
    """

    cards: Counter[Truth] = field(default_factory=Counter)
    asked: Counter[Truth] = field(default_factory=Counter)
    in_threads: Counter[Truth] = field(default_factory=Counter)
    meant: Counter[str] = field(default_factory=Counter)
    read_so: Counter[str] = field(default_factory=Counter)
    lost: tuple[Said, ...] = ()

    @property
    def to_dismiss(self) -> int:
        """How many cards nobody needed: of others, of programs and sellers, or of news that had a card."""
        return self.cards.total() - self.cards[Truth.US]

    @property
    def share(self) -> float:
        """The share of cards that nobody needed."""
        return self.to_dismiss / max(1, self.cards.total())


def set_up(tx: Tx, watch: NewWatch, places: Sequence[NewSource], *, at: datetime) -> None:
    """Have the team known, and what it listens for, where."""
    schedule = Schedule(weekday=0, hour=ASKED_AT, zone=ZoneInfo("UTC"))
    remember_workspace(tx, workspace_id=TEAM, name="Team", bot_user="U0", schedule=schedule, digest_channel="", at=at)
    listen_to(tx, save_watch(tx, TEAM, watch, by=MATE, at=at).id, places, interval_seconds=3600, at=at)


@dataclass(slots=True, kw_only=True)
class Play:
    """The bot with a watch, and the team; `presses` says whether they press anything."""

    db: Database
    fortnight: Fortnight
    watch: NewWatch
    presses: bool = True
    now: datetime = BEGINS
    sources: dict[str, Source] = field(default_factory=dict)
    by_key: dict[str, Said] = field(default_factory=dict)
    seen: dict[Entry, Counter[Truth]] = field(default_factory=dict)

    async def run(self) -> None:
        """Live through the fortnight, hour by hour."""
        intake = Intake(db=self.db, limits=NO_BRAKE, clock=lambda: self.now)
        places = [NewSource(url=f"https://{each.host}/feed/{n}", name=each.name, community=each.name)
                  for n, each in enumerate(PLACES.values())]  # fmt: skip
        await self.db.transact(lambda tx: set_up(tx, self.watch, places, at=self.now))
        self.sources = {source.name: source for source in await self.db.read(all_sources)}
        self.by_key = {each.post.keys[0]: each for each in self.fortnight.said}
        for name in PLACES:
            await self._take(intake, name, [])
        hours = hours_of(self.fortnight)
        for hour in range(1, 24 * (self.fortnight.days + 1) + 1):
            self.now = BEGINS + timedelta(hours=hour)
            heard = hours.get(self.now, [])
            for name in dict.fromkeys(each.place.name for each in heard):
                await self._take(intake, name, [each for each in heard if each.place.name == name])
            if self.presses and self.now.hour in LOOKS_AT:
                await self.db.transact(self._look)

    async def _take(self, intake: Intake, name: str, heard: Sequence[Said]) -> None:
        posts = [each.post for each in heard]
        await intake.take(self.sources[name], posts, settle=lambda *_: None)

    # What the team does.

    def _look(self, tx: Tx) -> None:
        if self.now.hour == ASKED_AT:
            self._answer_question(tx)
        for row in tx.all(
            """SELECT id, version FROM conversation
               WHERE is_open = 1 AND tag IS NULL AND dismissed_by = '' AND unsure = 0 AND mute_id = 0"""
        ):
            opening = self._opening(tx, row["id"])
            is_noise = opening.truth in (Truth.NOT_US, Truth.PROGRAM)
            act = Act.NOT_US if is_noise else self._suggested(tx, row["id"])
            press = Press(act=act, conversation_id=row["id"], by=MATE, drawn=row["version"])
            record_press(tx, press, workspace_id=TEAM, at=self.now)
            self._leave_out(tx, opening)

    def _leave_out(self, tx: Tx, seen: Said) -> None:
        """Have sellers' sites and programs left out, the second time they come, where nothing came that is theirs."""
        author = Entry(scope=MuteScope.AUTHOR, author=seen.post.author, community=seen.post.community)
        for entry in (author, Entry(scope=MuteScope.SITE, value=host_of(seen.post.url))):
            self.seen.setdefault(entry, Counter())[seen.truth] += 1
            if self.seen[entry] == {Truth.PROGRAM: ENOUGH_OF_IT}:
                add_noise(tx, TEAM, [entry], by=MATE, at=self.now)

    def _answer_question(self, tx: Tx) -> None:
        """Answer the day's question, and all that waits behind it."""
        workspace = find_workspace(tx, TEAM)
        assert workspace is not None
        day = f"{self.now:%Y-%m-%d}"
        for channel in channels_to_ask(tx, workspace, day=day, until=self.now):
            ask_channel(tx, workspace, channel, day=day, until=self.now, at=self.now)
        page = tx.one("SELECT id FROM unsure_list WHERE day = :day", day=day)
        while page and (asked := find_doubts(tx, page["id"])):
            for doubt in asked.doubts:
                self._say_whether_us(tx, doubt.conversation.id, doubt.conversation.version)
            if not asked.more:
                break
            show_next(tx, page["id"], workspace_id=TEAM, by=MATE, at=self.now)
            page = tx.one("SELECT MAX(id) AS id FROM unsure_list WHERE day = :day", day=day)

    def _say_whether_us(self, tx: Tx, conversation_id: int, version: int) -> None:
        is_us = self._opening(tx, conversation_id).truth in (Truth.US, Truth.COPY)
        act = Act.US if is_us else Act.NOT_US
        press = Press(act=act, conversation_id=conversation_id, by=MATE, drawn=version)
        if is_us:
            say_us(tx, press, workspace_id=TEAM, limits=NO_BRAKE, telling=TELLING, at=self.now)
        else:
            say_not_us(tx, press, workspace_id=TEAM, at=self.now)

    def _suggested(self, tx: Tx, conversation_id: int) -> Act:
        row = tx.one(
            "SELECT suggested FROM mention WHERE conversation_id = :id ORDER BY id LIMIT 1", id=conversation_id
        )
        return TAG_OF[row["suggested"]] if row else Act.LISTEN

    def _opening(self, tx: Tx, conversation_id: int) -> Said:
        row = tx.one(
            """SELECT post_key.key FROM mention JOIN post_key ON post_key.post_id = mention.post_id
               WHERE mention.conversation_id = :id ORDER BY mention.id LIMIT 1""",
            id=conversation_id,
        )
        assert row is not None
        return self.by_key[row["key"]]

    # What came of it.

    def outcome(self, tx: Tx) -> Outcome:
        """Return what the fortnight came to."""
        heard = [(self.by_key[row["key"]], row) for row in tx.all(MENTIONS)]
        real = [(said, row) for said, row in heard if said.kind in KINDS]
        shown = {row["card"]: said for said, row in heard if row["card"] and row["opens_card"]}
        kept = {row["key"] for _, row in heard if not row["dismissed_by"] and (row["card"] or row["unsure_list_id"])}
        return Outcome(
            cards=truths(shown[number] for number in sorted(shown)),
            asked=truths(said for said, row in heard if row["opens"] and row["unsure_list_id"]),
            in_threads=Counter(said.truth for said, row in heard if row["card"] and not row["opens_card"]),
            meant=Counter(said.language for said, _ in real),
            read_so=Counter(said.language for said, row in real if said.kind == row["kind"]),
            lost=tuple(each for each in self.fortnight.of(Truth.US) if each.post.keys[0] not in kept),
        )

    def every_match(self, tx: Tx) -> Outcome:
        """Return what it would be where every post with the name is a card of its own."""
        rows = tx.all(
            "SELECT post_key.key FROM mention JOIN post_key ON post_key.post_id = mention.post_id ORDER BY mention.id"
        )
        found = [self.by_key[row["key"]] for row in rows]
        keys = {each.post.keys[0] for each in found}
        lost = tuple(each for each in self.fortnight.of(Truth.US) if each.post.keys[0] not in keys)
        return Outcome(cards=truths(found), lost=lost)


async def play(fortnight: Fortnight, watch: NewWatch, db: Database, *, presses: bool = True) -> tuple[Outcome, Outcome]:
    """Return what a fortnight came to, and what it would be with a card for every match; `db` is empty, and closed."""
    playing = Play(db=db, fortnight=fortnight, watch=watch, presses=presses)
    await playing.run()
    outcome, every = await db.read(playing.outcome), await db.read(playing.every_match)
    db.close()
    return outcome, every
