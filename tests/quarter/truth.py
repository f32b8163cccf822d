"""Who waits and who was answered, as whoever heard the same posts and saw the same presses would say.

It is written from what the script means (whom each of our posts is meant for), not from what the product infers.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter

NEVER = datetime.min.replace(tzinfo=UTC)


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
    community: object
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
    taken_back: list = field(default_factory=list)  # [since, until, whether only of others] of what is no answer
    none: set = field(default_factory=set)  # as well none
    asked_again_at: object = None
    snoozed_until: object = None
    accepted: set = field(default_factory=set)  # of which we know that their community marked them as the answer
    due_at: object = None  # when a reply is due that nobody promised
    unseen: bool = False  # due where nobody sees replies: somebody has to look
    pressed: list = field(default_factory=list)
    replies: list = field(default_factory=list)  # (when, asked again when) of each answer that nobody took back
    was_answered: bool = False

    @property
    def first(self):
        return next(iter(self.mentions), None)

    @property
    def tree(self):
        return self.community.tree

    def asks(self):
        """Return who asks us, as far as their own words say."""
        asks = {each for each in self.mentions if each.asks and not each.mate}
        return sorted(asks | ({self.wanted} - {None}), key=attrgetter("at"))

    def answers(self):
        """Return which of our posts answered whom, in the order they were written: {ask: ours}."""
        return self._told_by_all()[0]

    def solved(self):
        """Return which post of somebody else solved what somebody had asked us: {ask: theirs}."""
        return self._told_by_all()[1]

    def went_on(self):
        """Return the questions that do not name us and are for us all the same."""
        return self._told_by_all()[2]

    def _told_by_all(self):
        """Go through the branch as it was written: ({ask: ours}, {ask: theirs}, questions that go on)."""
        found, solved, more = {}, {}, set()
        asks = set(self.asks())
        order = sorted(self.heard, key=lambda each: (each.at, bool(each.mate), each.key))
        before = []
        for post in order:
            if post.is_by_program:
                continue
            open_asks = [
                ask
                for ask in sorted(asks | more, key=attrgetter("at"))
                if (ask.at, ask.key) <= (post.at, post.key if not post.mate else "~")
                and ask not in found
                and ask not in solved
                and not self._settled_before(ask, post.at)
            ]
            if post.mate and post.under and self._counts(post):
                whom = self._whom(post, open_asks)
                if not whom:
                    # The last word was somebody else's; what we wrote since is ours.
                    since = max((each.at for each in found.values()), default=NEVER)
                    helped = [
                        ask for ask, by in solved.items() if by.at > since and not self._settled_before(ask, post.at)
                    ]
                    whom = self._whom(post, helped)
                    for ask in whom:
                        del solved[ask]
                found.update(dict.fromkeys(whom, post))
            elif not post.mate and post not in self.gone:
                helper = self._helper(post, before)
                others = [ask for ask in open_asks if ask is not self.wanted and ask is not post]
                if post in self.accepted and self._counts(post):
                    opener = [ask for ask in others if ask is post.opening or self._same(ask, post.opening)]
                    solved.update(dict.fromkeys(opener if self._knows_opener(post) else [], post))
                elif helper:
                    mine = [ask for ask in others if self._same(ask, post) and ask.at <= helper.at]
                    under = [ask for ask in mine if not self.tree or ask in self._above(helper)]
                    solved.update(dict.fromkeys(under, helper))
                if post.kind == "more" and self._goes_on(post, open_asks, [*found, *solved]):
                    more.add(post)
            before.append(post)
        return found, solved, more

    def _knows_opener(self, post):
        return post.opening in self.heard

    def _same(self, one, other):
        return one not in self.gone and other not in self.gone and one.author == other.author

    def _above(self, post):
        """Give what a post stands under, the nearest first, as far as we know."""
        while post.under:
            post = post.under if post in self.placed else post.opening
            if post not in self.heard:
                return
            yield post

    def _helper(self, post, before):
        """Return whose post is thanked for: that under which the thanks stand, or, in a line, the one before them.

        Nobody where that is of us, or asks us something itself, or was deleted.
        """
        if post.kind != "thanks" or not self._counts(post):
            return None
        said = self._above(post) if self.tree else reversed(before)
        for each in said:
            if not each.is_by_program and (each in self.gone or each.author != post.author):
                asks = each in self.asks() or (each in self.gone and each in self.mentions and each.asks)
                return None if each.mate or asks or each in self.gone else each
        return None

    def _goes_on(self, post, open_asks, had):
        """Whether a question without our name is for us: of somebody who had a word, and where it is to us."""
        if any(self._same(ask, post) for ask in open_asks):
            return False
        told = {ask for each in self.told for ask in each.settles}
        if not any(self._same(ask, post) for ask in (*had, *told)):
            return False
        if not self.tree or self.community.prefix == "lobsters":
            return True
        above = list(self._above(post))
        others = [
            each for each in above if not each.is_by_program and (each in self.gone or each.author != post.author)
        ]
        if others:
            return bool(others[0].mate)
        return bool(above) and not above[-1].under

    def _counts(self, post):
        spans = [(since, until) for since, until, of_others in self.taken_back if not (of_others and post.mate)]
        return post not in self.none and not any(since <= post.at <= until for since, until in spans)

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
        if self.unseen and not asleep:
            return []
        found, solved, more = self._told_by_all()
        asks = sorted({*self.asks(), *more}, key=attrgetter("at"))
        return [ask for ask in asks if ask not in found and ask not in solved and ask not in self._settled()]

    def _settled(self):
        return {ask for each in self.told for ask in each.settles} | set(self.waved) | set(self.gone)

    def stands(self):
        """Return in a word what became of what we owed: "waiting", "answered", "others", "unseen", or nothing."""
        if self.snoozed_until:
            return ""
        if self.unseen:
            return "unseen"
        if self.waiting():
            return "waiting"
        answer = self.answer()
        return ("answered" if answer[0] else "others") if answer else ""

    def answer(self):
        """Return (by, at, url) of the answer that stands where nobody waits, None without one.

        Nobody of us (`by` is empty) gave the last one where somebody else did, to what the team had not settled itself.
        """
        found, solved, _ = self._told_by_all()
        theirs = max(
            (by for ask, by in solved.items() if ask not in self._settled()), key=attrgetter("at"), default=None
        )
        if theirs and theirs.at > max((each.at for each in found.values()), default=NEVER):
            return "", theirs.at, theirs.url
        if self.told:
            told = self.told[-1]
            lately = [ask for ask in (*found, *solved) if self.mentions.get(ask, self.heard[ask]) > told.at]
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
        return (
            bool(self.tag or self.answers() or self.solved()) and not self.waiting(asleep=True) and not self.dismissed
        )

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
        answer = self.answer() if self.answers() or self.solved() else None
        if not self.dismissed and answer and not self.waiting(asleep=True):
            self.tag = self.tag or ("interact" if answer[0] else "")
            self.snoozed_until = None

    def look_at(self, now):
        """Where nobody sees replies, somebody has to look once one is due."""
        if self.due_at and self.due_at <= now and not self.snoozed_until and not self.dismissed:
            self.unseen = True

    def ask_again(self, at):
        """Somebody asks again where all was quiet: an answer to that is another one."""
        self.asked_again_at = at
        self.was_answered = False

    def note_reply(self):
        """Remember each answer that left nobody waiting; what is known better of it later takes its place."""
        if self.dismissed:
            return
        answer = None if self.waiting(asleep=True) else self.answer()
        if answer and not answer[0]:
            self.was_answered = False
            return
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
        if self.unseen:
            return ["answered", "claim", ""]
        if not waiting and (self.answer() or [1])[0] == "":
            return ["", "", "", "reopen"]
        if not self.tag and not self.answers():
            others = ["interact", "claim"] if (self.first and not self.first.mate) or waiting else []
            asked = ["answered", "snooze"] if waiting else []
            return ["listen", "not us", *others, *asked] if not self.snoozed_until else []
        if waiting:
            return ["answered", "answered", *([] if "claim" in self.pressed or self.snoozed_until else ["snooze"])]
        undone = ["undo"] if last in ("listen", "interact") and not self.answers() else []
        return [*undone, "", "", "", "", "", *(["reopen"] if self.answer() else [])]

    def press(self, act, *, by, at, link="", until=None, due_at=None):
        self.pressed.append(act)
        waiting = self.waiting(asleep=True)
        settles = self._said_by_now() if waiting else set()
        self._be_due(act, due_at)
        self.snoozed_until = None
        if act == "listen":
            self.tag = act
            self.waved.update(dict.fromkeys(settles, at))
            self.undo.append(("listen", settles))
        elif act in ("interact", "claim"):
            wanted = None
            if not waiting and self.first and not self.first.mate:
                wanted = self.wanted = self.first
            if act == "interact":
                self.undo.append(("interact", wanted))
            self._decide_to_interact()
        elif act == "answered":
            self._decide_to_interact()
            self.told.append(Told(by, at, link, settles))
        elif act == "not us":
            self.dismissed = True
            self.undo.append(("not us", None))
        elif act == "reopen":
            self._take_back(at)
        elif act == "snooze":
            self.snoozed_until = until
        elif act == "undo":
            self._undo()

    def _said_by_now(self):
        """Return all that asks and is not settled, whether or not it was for us, or somebody else had solved it."""
        return {*self.asks(), *(each for each in self.heard if each.kind == "more")} - self._settled()

    def _be_due(self, act, due_at):
        """Note when a reply is due that nobody promised, as the card says it, where nobody sees replies."""
        if self.community.seen:
            return
        kept = self.due_at if act == "snooze" else None
        self.due_at = due_at if act in ("interact", "reopen") else kept
        self.unseen = False

    def _decide_to_interact(self):
        """Whoever answers, or promises to, does not only listen."""
        self.tag = "interact"

    def _take_back(self, at):
        """Take back the answer that stands, and what we wrote since: it answered nobody.

        Where somebody had told of it, nothing counts that we had heard of ours since somebody asked again.
        """
        by, since, _ = self.answer()
        if not by:
            self.taken_back.append((since, at, True))
            self.tag = self.tag or "interact"
            return
        self.replies.pop()
        self.was_answered = False
        told = [each for each in self.told if not self.asked_again_at or each.at >= self.asked_again_at]
        self.told = [each for each in self.told if each not in told]
        self.waved = {ask: at for ask, at in self.waved.items() if self.asked_again_at and at < self.asked_again_at}
        self.taken_back.append((since, at, False))
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
