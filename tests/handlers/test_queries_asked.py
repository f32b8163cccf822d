import pytest
import view_samples as sample
from builders import NOW, TEAM
from databases import a_database
from listening import remember_team, watch_for

from engagement.watch import Terms
from handlers.commands.queries import watch_meant
from handlers.understanding.bad_queries import bad_queries, tell_bad_queries

TIDE, TIDE_CLOUD = sample.a_watch(id=1, name="Tide"), sample.a_watch(id=2, name="Tide: cloud")


@pytest.mark.parametrize(
    ("watches", "typed", "meant"),
    [
        ([TIDE], "title:tide", (TIDE, "title:tide")),
        ([TIDE], "TIDE: wiki", (TIDE, "wiki")),
        ([TIDE, TIDE_CLOUD], "tide: wiki", (TIDE, "wiki")),
        ([TIDE, TIDE_CLOUD], "tide: cloud: wiki", (TIDE_CLOUD, "wiki")),
        ([TIDE, TIDE_CLOUD], "wiki", (None, "wiki")),
        ([TIDE, TIDE_CLOUD], "tide wiki", (None, "tide wiki")),
    ],
)
def test_a_query_is_for_the_only_watch_or_for_the_one_named_in_front(watches, typed, meant):
    assert watch_meant(watches, typed) == meant


async def test_a_channel_is_told_once_of_each_query_that_cannot_be_read(tmp_path):
    db = a_database(tmp_path / "two-ears.db")

    def fill(tx):
        remember_team(tx)
        watch_for(tx, "Tidewiki", terms=Terms(names=("Tidewiki",), query="tide OR"))
        watch_for(tx, "Fine", terms=Terms(names=("Fine",), query="tide OR ebb"))
        watch_for(tx, "Plain")
        for _ in range(2):
            tell_bad_queries(tx, at=NOW)
        watch_for(tx, "Tidewiki", terms=Terms(names=("Tidewiki",), query="tide AND"))
        tell_bad_queries(tx, at=NOW)
        told = tx.all("SELECT subject, part FROM message WHERE kind = 'bad query' ORDER BY id")
        return [tuple(row) for row in told], bad_queries(tx, TEAM)

    told, [(watch, mistake)] = await db.transact(fill)
    db.close()

    assert told == [("1", 1), ("1", 2)]
    assert (watch.name, mistake) == (
        "Tidewiki",
        "`AND` wants a word behind it: put one there, or take it away (character 6).",
    )
