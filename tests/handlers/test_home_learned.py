"""What was learned, as the settings list it."""

import json
from contextlib import closing

import pytest
from builders import NOW, TEAM
from databases import a_database
from learned_samples import add_beside, add_preference, add_word
from listening import remember_team
from view_samples import NASTY

from engagement.records.lookup import LINES_A_PAGE, Step, Turn, Turns
from engagement.understanding.beside import LearnedBeside
from engagement.understanding.learned import Lesson
from handlers.home.learned import page_from, page_of_learned
from handlers.home.settings.understanding import LEARNED_AT_MOST, learned
from handlers.home.taking_back import TAKEN_BACK_BY
from handlers.home.visit import Visit
from handlers.views.home.learned import FORGET_BY, HEADS, OPEN, learned_modal, say_beside
from sandbox.blockkit import validate_view
from storage.understanding.learned import forget_word

VISIT = Visit(workspace_id=TEAM, user="U1", now=NOW)


async def section_with(tmp_path, *rows):
    with closing(a_database(tmp_path / "learned.db")) as db:
        await db.transact(remember_team)
        for add, *values in rows:
            await db.transact(lambda tx, add=add, values=values: add(tx, *values))
        return await db.read(lambda tx: learned(tx, VISIT))


def lines_of(section):
    return [block["text"]["text"] for block in section.below if block["type"] == "section"]


async def test_what_was_learned_is_listed_with_what_forgets_it_but_not_what_we_suggest_anyway(tmp_path):
    section = await section_with(
        tmp_path,
        (add_word, "<!channel>"),
        (add_preference, "question", "interact", "Lobsters"),
        (add_preference, "question", "listen", "r/selfhosted"),
        (add_beside, "moon", 0),
        (add_beside, "<graph>", 1),
    )

    assert lines_of(section) == [
        "• *Listen* for Question in r/selfhosted: 9 of your last 10 choices",
        "• “&lt;!channel&gt;” is good, from 3 corrections",
        "• “&lt;graph&gt;” near Apollo is us: 3 of 3 posts",
        "• “moon” near Apollo is not us: 3 of 3 posts",
    ]
    presses = [(block["accessory"]["action_id"], block["accessory"]["value"]) for block in section.below]
    assert presses == [
        ("settings.forget_preference", "2"),
        ("settings.forget_word", "1"),
        ("settings.forget_beside", "2"),
        ("settings.forget_beside", "1"),
    ]


@pytest.mark.parametrize(
    ("names", "near"),
    [
        ((), "your name"),
        (("Apollo",), "Apollo"),
        (("Apollo", "<apollo>"), "Apollo or &lt;apollo&gt;"),
        (("Apollo", "apollo.app", "ApolloHQ"), "Apollo, apollo.app or 1 more"),
    ],
)
def test_a_word_was_near_any_of_the_names_of_a_watch(names, near):
    learned_word = LearnedBeside(id=1, watch_id=1, word="moon", is_us=False, posts=3)

    assert say_beside(learned_word, names) == f"“moon” near {near} is not us: 3 of 3 posts"


async def test_a_long_list_of_one_sort_says_how_much_more_there_is_and_hides_no_other(tmp_path):
    section = await section_with(
        tmp_path,
        *[(add_word, f"word {number}") for number in range(LEARNED_AT_MOST + 2)],
        *[(add_preference, "question", "listen", f"Forum {number}") for number in range(LEARNED_AT_MOST + 1)],
        (add_beside, "moon", 0),
    )

    lines = lines_of(section)
    assert [sum(sign in line for line in lines) for sign in ("Forum", "word", "moon")] == [8, 8, 1]
    more = [(place, block) for place, block in enumerate(section.below) if block["accessory"]["action_id"] == OPEN]
    assert [(place, block["text"]["text"], block["accessory"]["value"]) for place, block in more] == [
        (8, "and 1 older one like these", "choices"),
        (17, "and 2 older ones like these", "words"),
    ]


async def test_all_of_one_lesson_is_listed_a_page_at_a_time_and_nothing_is_left_out(tmp_path):
    with closing(a_database(tmp_path / "learned.db")) as db:
        await db.transact(remember_team)
        for number in range(2 * LINES_A_PAGE + 3):
            await db.transact(lambda tx, number=number: add_word(tx, f"word {number}"))
        await db.transact(lambda tx: add_beside(tx, "moon", 0))

        seen, turned = [], None
        for _ in range(4):
            view = await db.read(lambda tx, turned=turned: page_of_learned(tx, TEAM, Lesson.WORDS, turned))
            seen += words_in(view)
            older = [button for button in turns_of(view) if button["action_id"].endswith("older")]
            if not older:
                break
            turned = Turn(step=Step.OLDER, line=int(older[0]["value"].rpartition(":")[2]))

        assert seen == [f"word {number}" for number in reversed(range(2 * LINES_A_PAGE + 3))]
        assert [button["action_id"] for button in turns_of(view)] == ["learned.turn.newer"]
        assert view["blocks"][0]["text"]["text"] == "What words sound like to you: 43, the latest first."


async def test_a_page_of_which_nothing_is_left_gives_way_to_the_latest_one(tmp_path):
    with closing(a_database(tmp_path / "learned.db")) as db:
        await db.transact(remember_team)
        await db.transact(lambda tx: add_word(tx, "insane"))
        gone = Turn(step=Step.OLDER, line=1)

        assert words_in(await db.read(lambda tx: page_of_learned(tx, TEAM, Lesson.WORDS, gone))) == ["insane"]
        [head] = (await db.read(lambda tx: page_of_learned(tx, TEAM, Lesson.BESIDE, gone)))["blocks"]
        assert head["text"]["text"] == "Nothing of this is left."


@pytest.mark.parametrize(
    ("first", "begins", "turned_by"),
    [(43, "word 41", ["older"]), (23, "word 21", ["newer", "older"]), (3, "word 1", ["newer"])],
    ids=["the newest page", "one between", "the oldest page"],
)
async def test_a_page_of_which_the_first_line_is_forgotten_stays_and_is_turned_only_to_where_something_is(
    tmp_path, first, begins, turned_by
):
    with closing(a_database(tmp_path / "learned.db")) as db:
        await db.transact(remember_team)
        for number in range(2 * LINES_A_PAGE + 3):
            await db.transact(lambda tx, number=number: add_word(tx, f"word {number}"))
        await db.transact(lambda tx: forget_word(tx, TEAM, first, by="U1", at=NOW))

        view = await db.read(lambda tx: page_from(tx, TEAM, Lesson.WORDS, first))

    assert words_in(view)[0] == begins
    assert [button["action_id"].rpartition(".")[2] for button in turns_of(view)] == turned_by


def words_in(view):
    said = [block["text"]["text"] for block in view["blocks"] if "accessory" in block]
    return [line.partition("“")[2].partition("”")[0] for line in said]


def turns_of(view):
    return [each for block in view["blocks"] if block["type"] == "actions" for each in block["elements"]]


@pytest.mark.parametrize("lesson", Lesson)
def test_each_lesson_has_a_head_over_its_list_and_what_forgets_a_line_of_it(lesson):
    assert HEADS[lesson]
    assert FORGET_BY[lesson] in TAKEN_BACK_BY


@pytest.mark.parametrize("lesson", Lesson)
def test_slack_takes_a_page_of_the_nastiest_that_was_learned(lesson):
    far = 10**17
    says = LearnedBeside(id=far, watch_id=1, word=NASTY * 9, is_us=False, posts=far)
    page = [(far + number, say_beside(says, (NASTY * 40, "<!here>", "c"))) for number in range(LINES_A_PAGE)]
    view = learned_modal(lesson, page, turns=Turns(newer=far, older=far), count=far)

    assert validate_view(view) == []
    assert "<!" not in json.dumps(view)


async def test_nothing_learned_yet_says_how_it_would_be(tmp_path):
    section = await section_with(tmp_path)

    assert section.below == ()
    assert "8 of your last 10 tags for a kind of post in a community are the same" in section.said
