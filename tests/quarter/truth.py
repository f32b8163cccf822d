"""Who waits and who was answered, as whoever heard the same posts and saw the same presses would say.

It is written from what the script means (whom each of our posts is meant for), not from what the product infers.
"""

from dataclasses import dataclass, field
from operator import attrgetter


@dataclass
class Told:
    """Somebody pressed "We answered": it settles those who waited then."""

    by: str
    at: object
    url: str
    settles: set


@dataclass
class Branch:
    """A thread in which we are named, as far as it was heard."""

    opening_key: str
    tree: bool
    heard: dict = field(default_factory=dict)  # spoken: when
    mentions: dict = field(default_factory=dict)  # spoken: when it was noticed in a place we listen to
    placed: set = field(default_factory=set)  # of which we know what they stand under
    gone: dict = field(default_factory=dict)  # deleted: when we knew
    tag: str = ""
    dismissed: bool = False
    undo: list = field(default_factory=list)  # what each press can take back
    waved: dict = field(default_factory=dict)  # asks that a tag settled: when
    wanted: object = None  # praise that somebody decided to answer
    told: list = field(default_factory=list)
    taken_back: list = field(default_factory=list)  # [since, until] of what we wrote that is no answer
    none: set = field(default_factory=set)  # as well none
    asked_again_at: object = None
    snoozed_until: object = None
    pressed: list = field(default_factory=list)
    replies: list = field(default_factory=list)  # (when, asked again when) of each answer that nobody took back
    was_answered: bool = False

    @property
    def first(self):
        return next(iter(self.mentions), None)

    def asks(self):
        asks = {each for each in self.mentions if each.asks and not each.mate}
        return sorted(asks | ({self.wanted} - {None}), key=attrgetter("at"))

    def answers(self):
        """Return which of our posts answered whom, in the order they were written: {ask: ours}."""
        found = {}
        ours = [each for each in self.heard if each.mate and each.under and self._counts(each)]
        for post in sorted(ours, key=lambda each: (each.at, each.key)):
            waiting = [
                ask
                for ask in self.asks()
                if ask.at <= post.at and ask not in found and not self._settled_before(ask, post.at)
            ]
            found.update(dict.fromkeys(self._whom(post, waiting), post))
        return found

    def _counts(self, post):
        return post not in self.none and not any(since <= post.at <= until for since, until in self.taken_back)

    def _settled_before(self, ask, moment):
        told = any(ask in each.settles and each.at < moment for each in self.told)
        return told or any(ask in settled and settled[ask] < moment for settled in (self.waved, self.gone))

    def _whom(self, post, waiting):
        """Return whom `post` answers, as far as anybody can know.

        Where a feed does not say what a comment stands under, or it stands right under the thread without being meant
        for its opening, it answers the only one who waits, and nobody where two wait: unsure, so they stay listed.
        """
        if not self.tree:
            return waiting
        if post.under is post.opening or post not in self.placed:
            meant = post.opening if post in self.placed and not self._is_aside(post) else None
            if meant in waiting:
                return [meant]
            return waiting if len(waiting) == 1 else []
        return [ask for ask in waiting if self._is_meant(post, ask)]

    def _is_meant(self, post, ask):
        """Whether it is meant for this one, and what we know of the places between shows it."""
        if ask in post.meant_for:
            return self._is_under(post, ask)
        # Of praise that somebody wanted to answer: its author has our word, on that or on what they asked since.
        mine = ask is self.wanted and (post.under is ask or any(each.author == ask.author for each in post.meant_for))
        return mine and self._is_under(post, ask)

    def _is_under(self, post, ask):
        above = post
        while above is not ask:
            if above is None or above not in self.heard or above in self.gone:
                return False
            # Where no feed said more it seems to stand right under the thread.
            above = above.under if above in self.placed else above.opening if above.under else None
        return True

    def _is_aside(self, post):
        return post.under is post.opening and bool(post.meant_for) and post.opening not in post.meant_for

    def waiting(self, *, asleep=False):
        """Return who waits, the longest waiting first; of what is put aside only with `asleep`."""
        if self.dismissed or (self.snoozed_until and not asleep):
            return []
        found = self.answers()
        settled = {ask for each in self.told for ask in each.settles} | set(self.waved) | set(self.gone)
        return [ask for ask in self.asks() if ask not in found and ask not in settled]

    def stands(self):
        """Return in a word what became of what we owed: "waiting", "answered", or nothing."""
        if self.snoozed_until:
            return ""
        if self.waiting():
            return "waiting"
        return "answered" if self.answer() else ""

    def answer(self):
        """Return (by, at, url) of the answer that stands where nobody waits, None without one."""
        found = self.answers()
        if self.told:
            told = self.told[-1]
            lately = [ask for ask in found if self.mentions[ask] > told.at]
            heard_since = [found[ask] for ask in told.settles if ask in found and self.heard[found[ask]] > told.at]
            proof = [post for post in heard_since if post.mate == told.by]
            if not lately and (told.url or not proof):
                return told.by, told.at, told.url
            if not lately:
                post = max(proof, key=attrgetter("at"))
                return post.mate, post.at, post.url
        last = max(found.values(), key=lambda each: (each.at, each.key), default=None)
        return (last.mate, last.at, last.url) if last else None

    # What happens.

    def is_quiet(self):
        """Whether nobody waits, because somebody was answered or a tag said so."""
        return bool(self.tag or self.answers()) and not self.waiting(asleep=True) and not self.dismissed

    def hear(self, spoken, *, at, placed, noticed):
        self.heard.setdefault(spoken, at)
        if placed:
            self.placed.add(spoken)
        if noticed and spoken.names_us and spoken not in self.mentions:
            self.mentions[spoken] = at
            if spoken.asks and not spoken.mate:
                self.snoozed_until = None
                return True
        return False

    def settle(self):
        """Where everybody was answered, the team has decided to interact, and nothing is put aside."""
        if not self.dismissed and self.answers() and not self.waiting(asleep=True):
            self.tag = self.tag or "interact"
            self.snoozed_until = None

    def ask_again(self, at):
        """Somebody asks again where all was quiet: an answer to that is another one."""
        self.asked_again_at = at
        self.was_answered = False

    def note_reply(self):
        """Remember each answer that left nobody waiting; what is known better of it later takes its place.

        Not when somebody decides to answer what was answered long ago: that is seen when the thread is next heard.
        """
        if self.dismissed:
            return
        answer = None if self.waiting(asleep=True) else self.answer()
        if answer:
            self.replies[len(self.replies) - self.was_answered :] = [(answer[1], self.asked_again_at)]
        self.was_answered = bool(answer)

    def first_reply_seconds(self):
        """Return how long the first who had our answer waited for it, None where nobody has one."""
        if not self.replies:
            return None
        at, asked_again_at = self.replies[0]
        asks = [each for each in self.mentions if each.asks and not each.mate and each not in self.gone]
        again = [each.at for each in asks if not asked_again_at or self.mentions[each] >= asked_again_at]
        asked_at = min(again, default=max((each.at for each in asks), default=self.first.at))
        return max(0, int((at - asked_at).total_seconds()))

    def what_may_be_pressed(self):
        """Return what people would press on the card as it stands, more likely ones more often."""
        last = self.pressed[-1] if self.pressed else ""
        if self.dismissed:
            return ["undo"] if last == "not us" else []
        waiting = self.waiting(asleep=True)
        if not self.tag and not self.answers():
            others = ["interact", "claim"] if (self.first and not self.first.mate) or waiting else []
            asked = ["answered", "snooze"] if waiting else []
            return ["listen", "not us", *others, *asked] if not self.snoozed_until else []
        if waiting:
            return ["answered", "answered", *([] if "claim" in self.pressed or self.snoozed_until else ["snooze"])]
        undone = ["undo"] if last in ("listen", "interact") and not self.answers() else []
        return [*undone, "", "", "", "", "", *(["reopen"] if self.answer() else [])]

    def press(self, act, *, by, at, link="", until=None):
        self.pressed.append(act)
        waiting = self.waiting(asleep=True)
        self.snoozed_until = None
        if act == "listen":
            self.tag = act
            self.waved.update(dict.fromkeys(waiting, at))
            self.undo.append(("listen", set(waiting)))
        elif act in ("interact", "claim"):
            wanted = None
            if not waiting and self.first and not self.first.mate:
                wanted = self.wanted = self.first
            if act == "interact":
                self.undo.append(("interact", wanted))
            self._decide_to_interact()
        elif act == "answered":
            self._decide_to_interact()
            self.told.append(Told(by, at, link, set(waiting)))
        elif act == "not us":
            self.dismissed = True
            self.undo.append(("not us", None))
        elif act == "reopen":
            self._take_back(at)
        elif act == "snooze":
            self.snoozed_until = until
        elif act == "undo":
            self._undo()

    def _decide_to_interact(self):
        """Whoever answers, or promises to, does not only listen."""
        self.tag = "interact"

    def _take_back(self, at):
        """Take back the answer that stands, and what we wrote since: it answered nobody.

        Where somebody had told of it, nothing counts that we had heard of ours since somebody asked again.
        """
        self.replies.pop()
        self.was_answered = False
        _, since, _ = self.answer()
        told = [each for each in self.told if not self.asked_again_at or each.at >= self.asked_again_at]
        self.told = [each for each in self.told if each not in told]
        self.waved = {ask: at for ask, at in self.waved.items() if self.asked_again_at and at < self.asked_again_at}
        self.taken_back.append((since, at))
        if told:
            lately = self.asked_again_at or min(self.heard.values())
            self.none.update(each for each, heard_at in self.heard.items() if heard_at >= lately)

    def _undo(self):
        act, facts = self.undo.pop()
        if act == "not us":
            self.dismissed = False
            return
        self.tag = ""
        if act == "listen":
            for ask in facts:
                del self.waved[ask]
        elif facts:
            self.wanted = None
