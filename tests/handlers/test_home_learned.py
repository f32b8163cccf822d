"""What was learned, as the settings list it."""

from contextlib import closing

from builders import NOW, TEAM
from databases import a_database
from listening import remember_team, watch_for

from handlers.home.settings.understanding import LEARNED_AT_MOST, learned
from handlers.home.visit import Visit

VISIT = Visit(workspace_id=TEAM, user="U1", now=NOW)


def add_word(tx, word):
    tx.run(
        "INSERT INTO learned_word (workspace_id, word, means, corrections) VALUES (:team, :word, 'good', 3)",
        team=TEAM,
        word=word,
    )


def add_preference(tx, kind, tag, community):
    tx.run(
        """INSERT INTO preference (workspace_id, community, kind, tag, choices)
           VALUES (:team, :community, :kind, :tag, 9)""",
        team=TEAM,
        community=community,
        kind=kind,
        tag=tag,
    )


def add_beside(tx, word, is_us):
    watch = watch_for(tx, "Apollo")
    tx.run(
        """INSERT INTO learned_beside (workspace_id, watch_id, word, is_us, posts)
           VALUES (:team, :watch_id, :word, :is_us, 3)""",
        team=TEAM,
        watch_id=watch.id,
        word=word,
        is_us=is_us,
    )


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


async def test_a_long_list_of_one_sort_says_how_much_more_there_is_and_hides_no_other(tmp_path):
    section = await section_with(
        tmp_path,
        *[(add_word, f"word {number}") for number in range(LEARNED_AT_MOST + 2)],
        *[(add_preference, "question", "listen", f"Forum {number}") for number in range(LEARNED_AT_MOST + 1)],
        (add_beside, "moon", 0),
    )

    lines = lines_of(section)
    assert [sum(sign in line for line in lines) for sign in ("Forum", "word", "moon")] == [8, 8, 1]
    more = [
        (place, block["elements"][0]["text"]) for place, block in enumerate(section.below) if block["type"] == "context"
    ]
    assert more == [(8, "and 1 older one like these"), (17, "and 2 older ones like these")]


async def test_nothing_learned_yet_says_how_it_would_be(tmp_path):
    section = await section_with(tmp_path)

    assert section.below == ()
    assert "8 of your last 10 tags for a kind of post in a community are the same" in section.said
