"""A quarter of the real bot in accelerated time: feeds that come late, twice, out of order, and people who press."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from builders import DEFAULT_LIMITS, NOW, TEAM, a_new_source
from databases import a_database
from listening import listen, remember_team
from script import COMMUNITIES, END, MATES, MEDIUM, WEEKS, Script, handle_of
from truth import Branch

from engagement.conversations.press import Act, Decided, Press
from engagement.post import Post
from engagement.team.team import Handle, Teammate
from feeds.places.catalogue import load_catalogue
from handlers.polling.intake import Intake
from handlers.polling.unseen import tell_what_is_unseen
from storage.conversations.decisions import record_press
from storage.conversations.snoozes import wake
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate

HOUR = timedelta(hours=1)
CATALOGUE = load_catalogue()
# Known by their names in the place alone, as where a community has no feed for each author.
WITHOUT_FEED = {("USAM", "lobsters"), ("UKIM", "github")}


@dataclass
class Feed:
    """What a source carries, and its bad days; `places` says whether it tells what a comment stands under."""

    url: str
    community: object
    of_mate: str = ""
    about_us_only: bool = False
    places: bool = True
    outages: tuple = ()
    read_until: object = NOW
    source: object = None
    carried: set = field(default_factory=set)

    @property
    def is_heard_by_the_watch(self):
        return not self.of_mate

    def carries(self, spoken):
        if spoken.community is not self.community or (self.of_mate and spoken.mate != self.of_mate):
            return False
        return not self.about_us_only or (spoken.names_us and not spoken.mate)

    def window(self, said, *, since, until):
        """Return what the feed shows at `until`, newest first: what was written, edited or deleted since."""
        shown = []
        for spoken in said:
            moments = (spoken.at, spoken.edited_at, spoken.deleted_at, spoken.accepted_at)
            if spoken.at <= until and self.carries(spoken) and any(m and since < m <= until for m in moments):
                shown.append(spoken)
        return shown[::-1]


def feeds_of(dice):
    yield Feed("https://medium.example/tagged", MEDIUM)
    for community in COMMUNITIES:
        site = f"https://{community.prefix}.example"
        bare = community.prefix == "lobsters"
        yield Feed(f"{site}/new", community, places=not bare)
        if community.prefix in ("hn", "discourse"):
            # By RSS, which says only which thread a comment is in.
            yield Feed(f"{site}/search", community, about_us_only=True, places=not community.tree)
        for mate in MATES:
            if (mate, community.prefix) not in WITHOUT_FEED:
                yield Feed(f"{site}/by/{mate}", community, of_mate=mate, places=not bare)


def post_of(spoken, *, at, places):
    deleted = spoken.deleted_at is not None and spoken.deleted_at <= at
    edited = spoken.edited_at is not None and spoken.edited_at <= at
    text = "[deleted]" if deleted else spoken.text + (" (Edited.)" if edited else "")
    parent = (spoken.under if places else spoken.opening).key if spoken.under else ""
    return Post(
        keys=(spoken.key,),
        community=spoken.community.name,
        url=spoken.url,
        title=text,
        text=text,
        author="" if deleted else spoken.author,
        thread_key=spoken.opening.key,
        parent_key=parent,
        published_at=spoken.at,
        accepted=spoken.accepted_at is not None and spoken.accepted_at <= at,
    )


class World:
    """The script, the feeds, the presses, the bot's own database, and the truth beside it."""

    def __init__(self, seed, path, *, threads):
        self.dice = random.Random(f"world {seed}")
        self.said = Script(seed, threads).said
        self.now = NOW
        self.db = a_database(path)
        self.intake = Intake(db=self.db, limits=DEFAULT_LIMITS, clock=lambda: self.now)
        self.feeds = list(feeds_of(self.dice))
        self.branches = {}
        self.first_heard = {}
        self.heard_in_places = set()
        self.deletes = {spoken.opening.key for spoken in self.said if spoken.deleted_at}
        self.pressed = Counter()
        self.refused = []
        self.turned = 0
        for feed in self.feeds:
            starts = [NOW + timedelta(hours=self.dice.randrange(24 * 7 * WEEKS)) for _ in range(2)]
            feed.outages = tuple((start, start + self.dice.randrange(20, 150) * HOUR) for start in starts)

    @property
    def gone(self):
        return {spoken for branch in self.branches.values() for spoken in branch.gone}

    async def begin(self):
        """Have the team known, the places listened to and looked at once while they are empty."""
        await self.db.transact(self._set_up)
        by_url = {source.url: source for source in await self.db.read(all_sources)}
        for feed in self.feeds:
            feed.source = by_url[feed.url]
            await self._take(feed, [])

    def _set_up(self, tx):
        remember_team(tx, at=NOW - HOUR)
        places = [a_new_source(feed.url) for feed in self.feeds if not feed.of_mate]
        listen(tx, *places, at=NOW - HOUR)
        for mate in MATES:
            handles = []
            for community in COMMUNITIES:
                url = f"https://{community.prefix}.example/by/{mate}"
                feed = None if (mate, community.prefix) in WITHOUT_FEED else a_new_source(url)
                handles.append(Handle(community=community.name, name=handle_of(mate, community), feed=feed))
            team = Teammate(slack_user=mate, name=mate, handles=tuple(handles))
            save_teammate(tx, TEAM, team, by="U1", interval_seconds=600, at=NOW)

    async def run(self, every_week):
        """Live through the quarter; `every_week` is called with the week's bounds when it ends."""
        for at, _, what in self._calendar(every_week):
            self.now = at
            await self._wake()
            await what()

    def _calendar(self, every_week):
        moments = []
        for feed in self.feeds:
            at = NOW + HOUR
            while (at := at + timedelta(seconds=60 + self.dice.expovariate(1 / (20 * 3600)))) < END:
                if not any(start <= at < end for start, end in feed.outages):
                    moments.append((at, len(moments), lambda feed=feed: self._poll(feed)))
        for _ in range(3 * 7 * WEEKS):
            at = NOW + timedelta(seconds=self.dice.randrange(int((END - NOW).total_seconds())))
            moments.append((at, len(moments), self._somebody_presses))
        for week in range(1, WEEKS + 1):
            ends_at = NOW + timedelta(weeks=week)
            moments.append((ends_at, len(moments), lambda end=ends_at: every_week(end - timedelta(weeks=1), end)))
        return sorted(moments, key=lambda each: each[:2])

    async def _wake(self):
        await tell_what_is_unseen(self.db, self.now, catalogue=CATALOGUE)
        while await self.db.transact(lambda tx: wake(tx, now=self.now)):
            pass
        for branch in self.branches.values():
            if branch.snoozed_until and branch.snoozed_until <= self.now:
                branch.snoozed_until = None
            branch.look_at(self.now)

    async def _poll(self, feed):
        dice = self.dice
        # Caches: what a feed shows may be hours old. What it shows overlaps with what it showed.
        until = self.now - dice.choice((0, 0, 0, 3, 9)) * HOUR
        since = feed.read_until - dice.choice((0, 1, 30)) * HOUR
        shown = feed.window(self.said, since=since, until=until)
        feed.read_until = max(feed.read_until, until)
        if dice.random() < 0.1:
            dice.shuffle(shown)
        for _ in range(dice.choice((1, 1, 1, 2))):
            await self._take(feed, shown, until=until)

    async def _take(self, feed, shown, *, until=None):
        posts = [post_of(spoken, at=until, places=feed.places) for spoken in shown]
        await self.intake.take(feed.source, posts, settle=lambda *_: None)
        touched, asked = {}, set()
        for spoken in sorted(shown, key=lambda each: each.at):
            self.first_heard.setdefault(spoken, self.now)
            if feed.is_heard_by_the_watch:
                self.heard_in_places.add(spoken)
            opening = spoken.opening
            branch = self.branches.setdefault(opening.key, Branch(opening.key, spoken.community))
            touched.setdefault(opening.key, (branch.is_quiet(), branch.went_on()))
            if spoken.accepted_at and spoken.accepted_at <= until:
                branch.accepted.add(spoken)
            if spoken.deleted_at and spoken.deleted_at <= until:
                branch.gone.setdefault(spoken, self.now)
                branch.heard.setdefault(spoken, self.now)
                if feed.places:
                    branch.placed.add(spoken)
            elif branch.hear(spoken, at=self.now, placed=feed.places, noticed=feed.is_heard_by_the_watch):
                asked.add(opening.key)
        for key, (was_quiet, went_on) in touched.items():
            if was_quiet and (key in asked or self.branches[key].went_on() - went_on):
                self.branches[key].ask_again(self.now)
            self.branches[key].settle()
            self.branches[key].note_reply()

    # What people do in Slack.

    async def _somebody_presses(self):
        dice = self.dice
        # What the team decided stays where whoever asked deletes it: another story.
        known = [each for each in self.branches.values() if each.mentions and each.opening_key not in self.deletes]
        recent = [branch for branch in known if self.now - max(branch.mentions.values()) < timedelta(days=6)]
        if not recent:
            return
        branch = dice.choice(recent)
        choices = branch.what_may_be_pressed()
        act, by = dice.choice(choices or [""]), dice.choice(MATES)
        if not act:
            return
        link = "https://elsewhere.example/answer" if act == "answered" and dice.random() < 0.4 else ""
        until = self.now + dice.randrange(5, 200) * HOUR if act == "snooze" else None
        outcome = await self.db.transact(lambda tx: self._press(tx, branch, Act(act), by, link, until))
        if not isinstance(outcome, Decided):
            self.refused.append(f"{self.now:%m-%d} {branch.opening_key}: {act} was refused")
            return
        due_at = outcome.conversation.reply.due_at
        branch.press(act, by=by, at=self.now, link=link, until=until, due_at=due_at)
        branch.settle()
        branch.note_reply()
        self.pressed[act] += 1

    def _press(self, tx, branch, act, by, link, until):
        row = tx.one("SELECT id, version FROM conversation WHERE thread_key = :key", key=branch.opening_key)
        press = Press(
            act=act, conversation_id=row["id"], by=by, drawn=row["version"], link=link, until=until, reason=""
        )
        return record_press(tx, press, workspace_id=TEAM, at=self.now)
