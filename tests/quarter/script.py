"""What people write in a quarter: threads of a few communities, and in each of our posts whom it is meant for."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from builders import NOW

WEEKS = 13
END = NOW + timedelta(weeks=WEEKS)
MATES = ("UFINN", "USAM", "UKIM")
ASKING = {
    "question": "Does {us} export to PDF, {n}?",
    "complaint": "{us} is painfully unreadable on my phone, {n}.",
}
SENTENCES = ASKING | {
    "praise": "I love {us}, it just works, {n}.",
    "other": "We moved the notes to {us} in the year {n}.",
    "chatter": "The weather is the same over here, {n}.",
    "answer": "It does, the manual has a page on that, {n}.",
    "launch": "{us} 4.{n} is out.",
    "more": "And how do I do that on a phone, {n}?",
    "help": "Have a look at the menu on the left, {n}.",
    "thanks": "Thanks, that did the trick, {n}.",
    "program": "Is this still relevant, {n}?",
}
PROGRAMS = ("AutoModerator", "stale[bot]")


@dataclass(frozen=True)
class Community:
    """`tree`: a comment answers what it stands under. In a line it answers everything before.

    Where it is not `seen`, nobody hears who replies.
    """

    name: str
    prefix: str
    tree: bool
    seen: bool = True

    def key(self, number, topic):
        return f"{self.prefix}:{number}" if self.tree else f"{self.prefix}:{topic}#{number}"


COMMUNITIES = (
    Community("Hacker News", "hn", tree=True),
    Community("Lobsters", "lobsters", tree=True),
    Community("forum.example", "discourse", tree=False),
    Community("GitHub", "github", tree=False),
)
MEDIUM = Community("Medium", "medium", tree=True, seen=False)


@dataclass(eq=False)
class Spoken:
    """One post as it really is: who wrote it (`mate` where it is one of us), under what, and whom it is meant for."""

    key: str
    community: Community
    author: str
    at: object
    kind: str
    text: str
    under: "Spoken | None" = None
    mate: str = ""
    meant_for: tuple = ()
    deleted_at: object = None
    edited_at: object = None
    accepted_at: object = None
    opening: "Spoken" = field(default=None)

    def __post_init__(self):
        self.opening = self.under.opening if self.under else self

    @property
    def names_us(self):
        return "Tidewiki" in self.text

    @property
    def asks(self):
        return self.kind in ASKING

    @property
    def is_by_program(self):
        return self.author in PROGRAMS

    @property
    def url(self):
        return f"https://news.example/{self.key}".replace("#", "/")

    def __repr__(self):
        return f"<{self.key} {self.mate or self.author} {self.kind} {self.at:%m-%d %H:%M:%S}>"


class Script:
    """A quarter's worth of threads, drawn with seeded dice; `said` is everything in the order it was written."""

    def __init__(self, seed, threads):
        self.dice = random.Random(seed)
        self.said = []
        self._numbers = 0
        for _ in range(threads):
            self._thread()
        for _ in range(threads // 8):
            self._article()
        self.said = sorted((each for each in self.said if each.at < END), key=lambda each: each.at)

    def _say(self, kind, at, *, author="", under=None, mate="", meant_for=(), community=None, names_us=None):
        self._numbers += 1
        community = community or under.community
        topic = under.opening.key.partition(":")[2] if under else str(self._numbers)
        named = kind in (*ASKING, "praise", "other", "launch") if names_us is None else names_us
        text = SENTENCES[kind].format(us="Tidewiki", n=self._numbers)
        spoken = Spoken(
            key=community.key(self._numbers, topic) if under else f"{community.prefix}:{topic}",
            community=community,
            author=handle_of(mate, community) if mate else author,
            at=at,
            kind=kind,
            text=f"{text} That is Tidewiki." if named and "Tidewiki" not in text else text,
            under=under,
            mate=mate,
            meant_for=tuple(meant_for),
        )
        self.said.append(spoken)
        return spoken

    def _somebody(self):
        return f"user{self.dice.randrange(400)}"

    def _soon(self, at, hours):
        return at + timedelta(seconds=1 + int(self.dice.expovariate(1 / (hours * 3600))))

    def _article(self):
        """Have somebody write where nobody sees who replies."""
        at = NOW + timedelta(seconds=self.dice.randrange(3600, int((END - NOW).total_seconds())))
        self._say(self.dice.choice(("question", "praise")), at, author=self._somebody(), community=MEDIUM)

    def _thread(self):
        dice = self.dice
        community = dice.choice(COMMUNITIES)
        at = NOW + timedelta(seconds=dice.randrange(3600, int((END - NOW).total_seconds())))
        how = dice.choices(("question", "complaint", "praise", "launch", "chatter"), (35, 10, 15, 12, 28))[0]
        mate = dice.choice(MATES) if how == "launch" else ""
        opening = self._say(how, at, author=self._somebody(), mate=mate, community=community)
        posts = [opening]
        for _ in range(dice.randrange(0, 5) + (how == "chatter")):
            at = self._soon(at, 9)
            under = dice.choice(posts) if community.tree else opening
            kind = dice.choices(("question", "complaint", "praise", "other", "chatter"), (35, 10, 10, 10, 35))[0]
            author = self._somebody() if dice.random() < 0.8 else under.author
            author = self._somebody() if under.mate and author == under.author else author
            posts.append(self._say(kind, at, author=author, under=under))
            if dice.random() < 0.07:
                under = dice.choice(posts) if community.tree else opening
                self._say(
                    "program",
                    self._soon(at, 3),
                    author=dice.choice(PROGRAMS),
                    under=under,
                    names_us=dice.random() < 0.5,
                )
            if dice.random() < 0.03:
                posts[-1].deleted_at = self._soon(at, 40)
            elif dice.random() < 0.05:
                posts[-1].edited_at = self._soon(at, 20)
        for ask in [each for each in posts if each.asks]:
            self._answers(ask, again=2)

    def _helps(self, ask):
        """Have somebody else answer; then the asker thanks them, or accepts the answer, or neither."""
        dice, tree = self.dice, ask.community.tree
        at = self._soon(ask.at, 20)
        if ask.deleted_at:
            return
        helped = self._say("help", at, author=self._somebody(), under=ask if tree else ask.opening)
        if dice.random() < 0.7:
            under = helped if tree else ask.opening
            thanks = self._say("thanks", self._soon(at, 10), author=ask.author, under=under)
            if dice.random() < 0.4:
                self._say("more", self._soon(thanks.at, 10), author=ask.author, under=thanks if tree else ask.opening)
        elif not tree and ask is ask.opening:
            helped.accepted_at = self._soon(at, 30)

    def _answers(self, ask, *, again):
        """Have a teammate answer, or not; then the asker may thank, or ask once more under the answer."""
        dice = self.dice
        if dice.random() < 0.25:
            self._helps(ask)
        if dice.random() > 0.75:
            return
        at = self._soon(ask.at, 30)
        if ask.deleted_at and at > ask.deleted_at:
            return
        under, hidden = ask, False
        if not ask.community.tree:
            under = ask.opening
        elif dice.random() < 0.2:
            under = self._say("chatter", ask.at + (at - ask.at) / 2, author=self._somebody(), under=ask)
        elif dice.random() < 0.2 and not ask.opening.asks:
            # Right under the thread, though it is meant for somebody further down.
            under, hidden = ask.opening, True
        answer = self._say("answer", at, under=under, mate=dice.choice(MATES), names_us=dice.random() < 0.2)
        answer.meant_for = (ask,) if hidden else tuple(_same_person(ask))
        if dice.random() < 0.15:
            under = answer if ask.community.tree else ask.opening
            self._say("answer", self._soon(at, 8), under=under, mate=dice.choice(MATES), meant_for=answer.meant_for)
        if again and dice.random() < 0.3:
            under = answer if ask.community.tree else ask.opening
            kind = dice.choice(("question", "more", "more", "chatter", "praise", "thanks"))
            back = self._say(kind, self._soon(at, 10), author=ask.author, under=under)
            if back.asks or kind == "more":
                self._answers(back, again=again - 1)


def _same_person(ask):
    """Return the question, and what the same person asked above it in the same branch."""
    above = ask
    while above:
        if (above.asks or above.kind == "more") and above.author == ask.author:
            yield above
        above = above.under


def handle_of(mate, community):
    return f"{mate.lower()}_at_{community.prefix}"
