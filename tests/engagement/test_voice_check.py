"""What a draft is looked at for, and the laws of looking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.understanding.reading import Mood
from engagement.voice.check import Occasion, Sound, check_draft, walls
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule

OCCASION = Occasion(
    community="r/selfhosted",
    they_wrote="Does Tidewiki keep the page history after a restore?",
    about="Tidewiki",
    sites=("https://tidewiki.example",),
)
SOUNDS = st.builds(Sound, mood=st.sampled_from(Mood), words=st.sampled_from([(), ("terrible",), ("very bad",)]))
# What the laws write with: words that rules know, and others.
_WORDS = """cheap best price sign up free trial history restore I work on Tidewiki terrible hello it's «cheap»
    https://tidewiki.example/buy https://other.example www.tidewiki.example,"""
WORDS = st.sampled_from(_WORDS.split())
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)
LIMITS = st.none() | st.integers(0, 60)
GUIDES = st.builds(
    Guide,
    banned=st.sampled_from([(), ("cheap",), ("free  Trial", "best")]),
    disclosure=st.sampled_from(Disclosure),
    longest=LIMITS,
    links=LIMITS,
    hard=st.frozensets(st.sampled_from(Rule)),
    communities=st.lists(
        st.builds(
            CommunityRules,
            community=st.sampled_from(["r/selfhosted", "Reddit", "Hacker News"]),
            longest=LIMITS,
            promotion=st.sampled_from(Promotion),
        ),
        max_size=2,
    ).map(tuple),
)


def found(text, guide=None, *, sound=None, **facts):
    occasion = Occasion(**({name: getattr(OCCASION, name) for name in OCCASION.__slots__} | facts))
    return check_draft(text, guide or Guide(), occasion, sound)


def rules(findings):
    return [finding.rule for finding in findings]


# ---- length -------------------------------------------------------------------------------------------------------


def test_a_draft_that_is_too_long_says_by_how_much_and_where():
    (finding,) = found("\n one two\n\nthree four", Guide(longest=8))

    assert finding.reason == "It is 18 characters long; 8 is what we allow here."
    assert finding.quote == "three four"
    assert finding.line == 4
    assert not finding.is_wall


def test_a_draft_as_long_as_it_may_be_is_fine():
    assert not found("one   two", Guide(longest=7))


def test_nothing_at_all_may_be_said_where_the_limit_is_zero():
    (finding,) = found("one", Guide(longest=0))

    assert finding.quote == "one"


# ---- words --------------------------------------------------------------------------------------------------------


def test_a_banned_word_is_found_where_it_stands():
    text = "It is fine.\nIt is   CHEAP, too."
    (finding,) = found(text, Guide(banned=("cheap",)))

    assert finding.reason == "We do not say “CHEAP”."
    assert text[finding.start : finding.end] == "CHEAP"
    assert finding.line == 2


@pytest.mark.parametrize(
    ("text", "banned", "is_found"),
    [
        ("the cheapest", "cheap", False),
        ("a game\nchanger", "game changer", True),
        ("best-in-class", "best-in-class", True),
        ("best-in-class", "best", False),
        ("it\u2019s magic", "it's", True),
        ("see https://cheap.example", "cheap", False),
        ("see https://tidewiki.example", "https", False),
        ("anything", "!!!", False),
        ("a b a b c", "a b c", True),
    ],
    ids=[
        "only whole words",
        "a phrase over two lines",
        "a word with hyphens",
        "a part of one is another word",
        "either apostrophe",
        "an address is no word",
        "nor is its beginning",
        "a sign is no word",
        "a phrase that begins twice",
    ],
)
def test_banned_phrases_are_whole_words(text, banned, is_found):
    assert bool(found(text, Guide(banned=(banned,)))) is is_found


def test_a_banned_phrase_is_said_on_one_line():
    assert found("a game\n  changer", Guide(banned=("game changer",)))[0].reason == "We do not say “game changer”."


# ---- disclosure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "disclosure", "is_missing"),
    [
        ("It keeps it.", Disclosure.NEVER, False),
        ("It keeps it.", Disclosure.ALWAYS, True),
        ("I work on Tidewiki. It keeps it.", Disclosure.ALWAYS, False),
        ("Full disclosure: mine.", Disclosure.ALWAYS, False),
        ("Tidewiki crew here.", Disclosure.ALWAYS, False),
        ("It keeps it.", Disclosure.WITH_OUR_LINK, False),
        ("See https://docs.tidewiki.example/restore.", Disclosure.WITH_OUR_LINK, True),
        ("I maintain it: www.tidewiki.example", Disclosure.WITH_OUR_LINK, False),
        ("See www.tidewiki.example/docs", Disclosure.WITH_OUR_LINK, True),
        ("See https://nottidewiki.example", Disclosure.WITH_OUR_LINK, False),
    ],
)
def test_a_reply_says_who_we_are_when_the_guide_asks(text, disclosure, is_missing):
    findings = found(text, Guide(disclosure=disclosure, disclosing=("Tidewiki crew",)))

    assert [finding.reason for finding in findings] == ["Say that you work on Tidewiki."] * is_missing


def test_without_a_name_it_is_it():
    assert found("Hm.", Guide(disclosure=Disclosure.ALWAYS), about="")[0].reason == "Say that you work on it."


@pytest.mark.parametrize("sound", [Sound(), Sound(mood=Mood.BAD, words=("awful",)), Sound(mood=Mood.BAD)])
def test_what_does_not_stand_in_the_text_has_an_empty_part_at_its_beginning(sound):
    findings = found("Hm.\n", Guide(disclosure=Disclosure.ALWAYS), sound=sound)

    assert {(each.start, each.end, each.line, each.quote) for each in findings} == {(0, 0, 1, "")}


# ---- links and self-promotion -------------------------------------------------------------------------------------


def test_a_link_too_many_is_the_first_beyond_the_limit():
    (finding,) = found("See https://a.example/x (https://b.example/y).", Guide(links=1))

    assert finding.reason == "It has 2 links; at most 1 is what we allow here."
    assert finding.quote == "https://b.example/y"


def test_where_no_link_is_allowed_it_says_none():
    assert found("https://a.example", Guide(links=0))[0].reason == "It has 1 link; none is what we allow here."


def in_selfhosted(**facts):
    return Guide(longest=10_000, communities=(CommunityRules(community="R/SelfHosted", **facts),))


@pytest.mark.parametrize(
    ("promotion", "asked", "reasons"),
    [
        (Promotion.FREE, False, []),
        (Promotion.WHEN_ASKED, True, []),
        (Promotion.WHEN_ASKED, False, ["r/selfhosted wants no links to ourselves unless somebody asks."]),
        (Promotion.NEVER, True, ["r/selfhosted wants no links to ourselves at all."]),
    ],
)
def test_links_to_ourselves_follow_the_rule_of_the_community(promotion, asked, reasons):
    findings = found(
        "https://other.example and https://tidewiki.example/docs", in_selfhosted(promotion=promotion), they_asked=asked
    )

    assert [finding.reason for finding in findings] == reasons


def test_a_place_without_rules_of_its_own_has_the_guides():
    guide = in_selfhosted(longest=3, links=0)

    assert set(rules(found("https://a.example", guide))) == {Rule.LENGTH, Rule.LINKS}
    assert not found("https://a.example", guide, community="Hacker News")


def test_rules_for_all_of_reddit_hold_in_each_part_of_it():
    guide = Guide(communities=(CommunityRules(community="Reddit", longest=3),))

    assert rules(found("four words stand here", guide)) == [Rule.LENGTH]


def test_where_a_part_of_reddit_has_a_rule_of_its_own_the_other_numbers_are_reddits():
    whole = CommunityRules(community="Reddit", longest=3, links=0)
    guide = Guide(communities=(whole, CommunityRules(community="r/selfhosted", longest=99)))

    assert rules(found("four words: https://a.example", guide)) == [Rule.LINKS]


@pytest.mark.parametrize("site", ["tidewiki.example", "Tidewiki.example/docs", "https://www.tidewiki.example"])
def test_a_link_to_any_of_our_sites_is_ours_however_somebody_typed_it(site):
    guide = in_selfhosted(promotion=Promotion.NEVER)

    assert rules(found("https://tidewiki.example", guide, sites=(site, "other.example"))) == [Rule.PROMOTION]


def test_without_a_site_no_link_is_ours():
    assert not found("https://tidewiki.example", in_selfhosted(promotion=Promotion.NEVER), sites=("",))


# ---- selling, and how it sounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "they_wrote", "sells"),
    [
        ("Sign up for our plan!", "Does it keep the history?", True),
        ("The histories stay. Sign up to see.", "Does it keep the history?", False),
        ("Sign up, and the history stays.", "Does it keep the history?", True),
        ("The price is 5 a month.", "What is the price?", False),
        ("The history stays.", "Does it keep the history?", False),
        ("With your data: buy it.", "What about your data?", False),
        ("Tidewiki is for you, sign up!", "Does Tidewiki keep the history?", True),
        ("Do buy it.", "", True),
        ("Come with us, and buy it.", "Does it work with Docker?", True),
        ("Do buy it, if it is for you.", "Is it for me, do you say?", True),
    ],
    ids=[
        "no word about what they asked",
        "their word comes first, in another form",
        "their word comes too late",
        "they asked for the price",
        "nothing is sold",
        "a short telling word",
        "our name is no word about it",
        "they wrote nothing",
        "what stands everywhere tells nothing",
        "short words tell nothing",
    ],
)
def test_it_listens_before_it_sells(text, they_wrote, sells):
    assert bool(found(text, they_wrote=they_wrote)) is sells


def test_what_sells_is_named_with_its_place():
    (finding,) = found("Hello!\nJust   sign  up.")

    assert finding.reason == "It sells before it listens: “sign up” comes before any word about what they wrote."
    assert (finding.line, finding.quote) == (2, "sign up")


@pytest.mark.parametrize(
    ("sound", "reason", "quote"),
    [
        (Sound(mood=Mood.BAD, words=("terrible",)), "It may sound annoyed: “terrible”.", "terrible"),
        (Sound(mood=Mood.BAD, words=("terrible idea",)), "It may sound annoyed: “terrible idea”.", "terrible idea"),
        (Sound(mood=Mood.BAD, words=("awful",)), "It may sound annoyed: “awful”.", ""),
        (Sound(mood=Mood.BAD), "It may sound annoyed.", ""),
    ],
)
def test_a_draft_that_sounds_bad_says_by_which_word(sound, reason, quote):
    (finding,) = found("What a terrible idea.", sound=sound)

    assert (finding.reason, finding.quote) == (reason, quote)


@pytest.mark.parametrize("mood", [Mood.GOOD, Mood.MIXED, Mood.UNSURE])
def test_any_other_sound_is_fine(mood):
    assert not found("What a terrible idea.", sound=Sound(mood=mood, words=("terrible",)))


# ---- laws ---------------------------------------------------------------------------------------------------------


@given(TEXTS, SOUNDS)
def test_an_empty_guide_warns_of_nothing_but_selling_and_sound(text, sound):
    findings = check_draft(text, Guide(), OCCASION, sound)

    assert set(rules(findings)) <= {Rule.SELLING, Rule.MOOD}
    assert not walls(findings)


@given(TEXTS, GUIDES, SOUNDS, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_capitals_never_matter(text, guide, sound, spell):
    assert rules(check_draft(text, guide, OCCASION, sound)) == rules(check_draft(spell(text), guide, OCCASION, sound))


@given(
    st.lists(WORDS, max_size=25), GUIDES, SOUNDS, st.lists(st.sampled_from(["  ", "\n", "\t ", "\n\n"]), min_size=26)
)
def test_space_never_matters(words, guide, sound, spaces):
    spaced = "\n" + "".join(f"{word}{space}" for word, space in zip(words, spaces, strict=False))

    one, other = (check_draft(text, guide, OCCASION, sound) for text in (" ".join(words), spaced))

    assert rules(one) == rules(other)
    assert [finding.quote for finding in one] == [finding.quote for finding in other]


@given(st.text(), GUIDES, SOUNDS)
def test_a_finding_stands_in_the_text_and_is_a_wall_where_its_rule_is_hard(text, guide, sound):
    findings = check_draft(text, guide, OCCASION, sound)

    for finding in findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert 1 <= finding.line <= text.count("\n") + 1
        assert finding.is_wall is (finding.rule in guide.hard)
    assert findings[: len(walls(findings))] == walls(findings)


@given(TEXTS, TEXTS, GUIDES)
def test_a_banned_word_is_found_wherever_it_stands(before, after, guide):
    guide = Guide(banned=("synergy",), hard=guide.hard)

    assert Rule.WORDS in rules(check_draft(f"{before} Synergy! {after}", guide, OCCASION))


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_longer_limit_never_finds_more(text, one, other):
    strict, easy = (found(text, Guide(longest=limit, links=limit)) for limit in sorted((one, other)))

    assert set(rules(easy)) <= set(rules(strict))
