"""A draft looked at beside the voice guide: what it finds is a sentence and a place, a warning or a wall."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from engagement.dataclass import dataclass
from engagement.prose import clip, times
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.understanding.reading import Mood
from engagement.voice.guide import Disclosure, Guide, Promotion, Rule, manners_in
from engagement.voice.words import Span, links_of, phrase_of, where, words_of

QUOTE_LENGTH: Final = 60
# Of a word longer than that, how it begins: "backup" and "backups" are about the same thing.
STEM_LENGTH: Final = 5
TELLING_LENGTH: Final = 4

# How people say for whom they speak.
_WHO_WE_ARE: Final = tuple(
    phrase_of(phrase)
    for phrase in (
        "I work on", "I work at", "I work for", "I'm from", "I am from", "I'm with", "I am with", "I'm the", "I am the",
        "I'm one of", "I am one of", "I'm on the", "I am on the", "I maintain", "I built", "I made", "we make",
        "we built", "we maintain", "our team", "disclosure", "disclaimer", "affiliated with", "full disclosure",
    )
)  # fmt: skip
# What is said to sell.
_SELLING: Final = tuple(
    phrase_of(phrase)
    for phrase in (
        "buy", "purchase", "order now", "sign up", "sign-up", "signup", "subscribe", "free trial", "trial", "price",
        "prices", "pricing", "discount", "coupon", "promo", "special offer", "book a demo", "upgrade to pro",
        "paid plan", "premium", "get started today",
    )
)  # fmt: skip
# Long enough to tell something, and do not.
_NO_TELLING = """
    about after again also another anybody anyone anything because been before being between both cannot could
    does doing done each else even ever every everything from getting give going have having here hello into just know
    like look make many maybe more most much need never only other over please really same should since some somebody
    someone something still such sure take than thank thanks that their them then there these they thing things think
    this those through time today under until using very want what when where which while will with without work works
    would your yours
"""
_EVERYWHERE: Final = frozenset(_NO_TELLING.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """How a draft sounds to the mood engine, with the words that say so."""

    mood: Mood = Mood.UNSURE
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a draft answers: in which community, what `they_wrote`, and whether they asked about us.

    `about` is what it is called that we work on, `sites` are our own hosts.
    """

    community: str
    they_wrote: str = ""
    they_asked: bool = False
    about: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to think about: a sentence, and the part of the text it is about, from `start` to `end`.

    What is missing has an empty part at the beginning. A wall cannot be passed over. `line` counts from one, `quote`
    is the part itself, clipped.
    """

    rule: Rule
    reason: str
    start: int = 0
    end: int = 0
    line: int = 1
    quote: str = ""
    is_wall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A draft with all that a check may ask for."""

    text: str
    guide: Guide
    occasion: Occasion
    sound: Sound

    @property
    def our_links(self) -> list[Span]:
        """The links to our own sites."""
        sites = [host_of(address_of_site(site)) for site in self.occasion.sites]
        return [link for link in links_of(self.text) if any(belongs_to(_host(link), site) for site in sites)]

    def found(self, rule: Rule, reason: str, start: int = 0, end: int = 0) -> Finding:
        """Return a finding about a part of the text."""
        return Finding(
            rule=rule,
            reason=reason,
            start=start,
            end=end,
            line=self.text.count("\n", 0, start) + 1,
            quote=clip(" ".join(self.text[start:end].split()), QUOTE_LENGTH),
            is_wall=rule in self.guide.hard,
        )


def check_draft(text: str, guide: Guide, occasion: Occasion, sound: Sound | None = None) -> tuple[Finding, ...]:
    """Return what the guide has to say about a draft: the walls first, then in the order of the text.

    No finding depends on capitals or on how many spaces part the words.
    """
    draft = _Draft(text=text, guide=guide, occasion=occasion, sound=sound or Sound())
    found = [finding for check in CHECKS.values() for finding in check(draft)]
    return tuple(sorted(found, key=lambda finding: (not finding.is_wall, finding.start, finding.end)))


def walls(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what cannot be passed over."""
    return tuple(finding for finding in findings if finding.is_wall)


def _length(draft: _Draft) -> Iterator[Finding]:
    longest = manners_in(draft.guide, draft.occasion.community).longest
    length = len(" ".join(draft.text.split()))
    if longest is not None and length > longest:
        reason = f"It is {length:,} characters long; {longest:,} is what we allow here."
        yield draft.found(Rule.LENGTH, reason, *_beyond(draft.text, longest))


def _beyond(text: str, limit: int) -> tuple[int, int]:
    """Return the part of a text behind its first `limit` characters, runs of space counted as one; it has more."""
    at = len(text) - len(text.lstrip())
    for _ in range(limit):
        at += 1
        if text[at - 1].isspace():
            at += len(text[at:]) - len(text[at:].lstrip())
    return at, len(text.rstrip())


def _words(draft: _Draft) -> Iterator[Finding]:
    for first, last in where(words_of(draft.text), [phrase_of(phrase) for phrase in draft.guide.banned]):
        word = " ".join(draft.text[first.start : last.end].split())
        yield draft.found(Rule.WORDS, f"We do not say “{clip(word, QUOTE_LENGTH)}”.", first.start, last.end)


def _disclosure(draft: _Draft) -> Iterator[Finding]:
    asked = draft.guide.disclosure
    if asked is Disclosure.NEVER or (asked is Disclosure.WITH_OUR_LINK and not draft.our_links):
        return
    known = [*_WHO_WE_ARE, *(phrase_of(phrase) for phrase in draft.guide.disclosing)]
    if next(where(words_of(draft.text), known), None) is None:
        yield draft.found(Rule.DISCLOSURE, f"Say that you work on {draft.occasion.about or 'it'}.")


def _links(draft: _Draft) -> Iterator[Finding]:
    allowed, links = manners_in(draft.guide, draft.occasion.community).links, links_of(draft.text)
    if allowed is None or len(links) <= allowed:
        return
    limit = f"at most {allowed:,}" if allowed else "none"
    reason = f"It has {times(len(links), 'link')}; {limit} is what we allow here."
    yield draft.found(Rule.LINKS, reason, links[allowed].start, links[allowed].end)


def _promotion(draft: _Draft) -> Iterator[Finding]:
    promotion = manners_in(draft.guide, draft.occasion.community).promotion
    if promotion is Promotion.FREE or (promotion is Promotion.WHEN_ASKED and draft.occasion.they_asked):
        return
    why = "unless somebody asks" if promotion is Promotion.WHEN_ASKED else "at all"
    for link in draft.our_links:
        reason = f"{draft.occasion.community} wants no links to ourselves {why}."
        yield draft.found(Rule.PROMOTION, reason, link.start, link.end)


def _selling(draft: _Draft) -> Iterator[Finding]:
    """Find the first word that sells, unless a word about what they wrote comes before it; theirs may be the same.

    Our own name tells nobody that we listened.
    """
    words = words_of(draft.text)
    sells = next(where(words, _SELLING), None)
    if sells is None:
        return
    said = [word for word in words if word.start <= sells[1].start]
    if _told(words_of(draft.occasion.they_wrote)) & _told(said) - _told(words_of(draft.occasion.about)):
        return
    word = " ".join(draft.text[sells[0].start : sells[1].end].split())
    reason = f"It sells before it listens: “{word}” comes before any word about what they wrote."
    yield draft.found(Rule.SELLING, reason, sells[0].start, sells[1].end)


def _mood(draft: _Draft) -> Iterator[Finding]:
    if draft.sound.mood is not Mood.BAD:
        return
    first = next(where(words_of(draft.text), [phrase_of(word) for word in draft.sound.words]), None)
    because = f": “{draft.sound.words[0]}”" if draft.sound.words else ""
    span = (first[0].start, first[1].end) if first else (0, 0)
    yield draft.found(Rule.MOOD, f"It may sound annoyed{because}.", *span)


# To add a check: its Rule, its function here, its name in the form of the guide. It looks at the draft alone.
CHECKS: Final[Mapping[Rule, Callable[[_Draft], Iterator[Finding]]]] = {
    Rule.LENGTH: _length,
    Rule.WORDS: _words,
    Rule.DISCLOSURE: _disclosure,
    Rule.LINKS: _links,
    Rule.PROMOTION: _promotion,
    Rule.SELLING: _selling,
    Rule.MOOD: _mood,
}


def _host(link: Span) -> str:
    return host_of(address_of_site(link.folded))


def _told(words: Iterable[Span]) -> set[str]:
    """Return how those of the words begin that tell what a text is about."""
    return {
        word.folded[:STEM_LENGTH]
        for word in words
        if len(word.folded) >= TELLING_LENGTH and word.folded not in _EVERYWHERE
    }
