import pytest
import view_samples as sample

from handlers.commands.queries import watch_meant

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
