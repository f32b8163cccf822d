"""The team in the watch list: imported with the feeds of their handles, exported as it was."""

import tomllib

from bots import Desk, run_program, running

WATCHLIST = """
[[watch]]
name = "Tidewiki"
channel = "#mentions"
names = ["Tidewiki"]

[watch.noise]
sites = ["weather.example"]

[noise]
words = ["giveaway", "tide tables"]
people = ["u/spam on r/selfhosted"]

[[teammate]]
slack = "U0FINN0000"
name = "Finn"

[[teammate.handle]]
community = "Talk"
name = "finn_tide"
feed = "{url}/finn.rss"

[[teammate.handle]]
community = "The pier"
name = "finn"

[[unlisted]]
community = "The pier"
name = "mira"

[[theme]]
name = "Lost history"
phrases = ["lost history", "history is empty"]
"""


async def test_a_team_is_imported_and_exported_as_it_was(desk: Desk, street):
    street.feed("finn").add("Yes, since 0.9")
    file = desk.folder / "watchlist.toml"
    file.write_text(WATCHLIST.format(url=street.url), encoding="utf-8")

    async with running(desk):
        code, said = await run_program(desk, "import", str(file))
        _, exported = await run_program(desk, "export")

    assert code == 0
    assert "1 teammate imported." in said
    assert "1 theme imported." in said
    assert "Finn as finn on The pier is not heard: I know no way to hear one person on The pier." in said
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    assert tomllib.loads(exported)["teammate"] == written["teammate"]
    assert tomllib.loads(exported)["unlisted"] == written["unlisted"]
    assert tomllib.loads(exported)["theme"] == written["theme"]
    assert tomllib.loads(exported)["noise"] == written["noise"]
    assert tomllib.loads(exported)["watch"][0]["noise"] == written["watch"][0]["noise"]
