"""Taking in posts: watches as they stand at this moment, and every post once, whoever carries it."""

import asyncio

import pytest
from builders import DEFAULT_LIMITS, NOW, a_new_source, a_post, later
from databases import a_database
from listening import listen, remember_team

from engagement.watch import Terms
from handlers.polling.intake import AT_ONCE, Intake
from storage.listening.sources import all_sources

INTERVAL = 600


class Town:
    """A database file and the processes that work with it, each with an intake of its own."""

    def __init__(self, path) -> None:
        self.path, self.open = path, []

    def process(self) -> Intake:
        self.open.append(a_database(self.path))
        return Intake(db=self.open[-1], limits=DEFAULT_LIMITS, clock=lambda: NOW)

    async def listen(self, name, *excluded, url="https://forum.example/feed", at=NOW, within=None):
        """Save a watch through one process and attach it to a source; return the source."""

        def write(tx):
            remember_team(tx)
            terms = Terms(names=(name,), excluded=excluded)
            about = f"about {name.split()[0].lower()}"
            return listen(tx, a_new_source(url), name=about, terms=terms, interval_seconds=INTERVAL, at=at)[0]

        db = within or self.open[0]
        number = await db.transact(write)
        return next(each for each in await db.read(all_sources) if each.id == number)

    async def count(self, table: str) -> int:
        return (await self.open[0].read(lambda tx: tx.one(f"SELECT COUNT(*) AS n FROM {table}")))["n"]


@pytest.fixture
async def town(tmp_path):
    town = Town(tmp_path / "town.db")
    yield town
    for db in town.open:
        db.close()


async def take(intake, source, *posts):
    return await intake.take(source, posts, settle=lambda *_: None)


def about(words: str, **facts):
    return a_post(title=words, text="", **facts)


async def test_a_watch_that_another_process_changes_is_seen_at_the_next_poll(town):
    intake, other = town.process(), town.process()
    source = await town.listen("Tidewiki")
    await take(intake, source)
    assert (await take(intake, source, about("Harbourwiki is out"))).mentions == 0

    await town.listen("Harbourwiki", within=other.db)
    await take(intake, source)
    assert (await take(intake, source, about("More of Harbourwiki"))).mentions == 1

    await town.listen("Harbourwiki", "jobs", within=other.db)
    assert (await take(intake, source, about("Harbourwiki jobs"))).mentions == 0
    assert (await take(intake, source, about("Harbourwiki again"))).mentions == 1


async def test_a_watch_hears_only_the_places_it_listens_to(town):
    intake = town.process()
    forum = await town.listen("Tidewiki")
    await town.listen("Harbourwiki", url="https://elsewhere.example/feed")
    await take(intake, forum)

    assert (await take(intake, forum, about("Tidewiki and Harbourwiki"))).mentions == 1
    assert (await take(intake, forum, about("Harbourwiki alone"))).mentions == 0


@pytest.mark.parametrize("number", [AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
async def test_a_large_feed_is_taken_in_whole_and_once(town, number):
    intake = town.process()
    source = await town.listen("Tidewiki")
    await take(intake, source)
    posts = [about(f"Tidewiki {count}" if count < 3 else f"Something {count}") for count in range(number)]

    brought = await take(intake, source, *posts)
    again = await take(intake, source, *posts)

    assert (brought.news, brought.harvest.new, brought.mentions) == (number, number, 3)
    assert (again.harvest.carried, again.news, again.mentions) == (number, 0, 0)
    assert await town.count("post") == number


async def test_what_slid_back_from_long_before_the_watch_is_kept_and_no_mention(town):
    intake = town.process()
    source = await town.listen("Tidewiki", at=later(days=-5))
    await take(intake, source)
    old = about("Tidewiki in the old days", published_at=later(days=-400))

    assert (await take(intake, source, old)).mentions == 0
    assert await town.count("post") == 1

    edited = about("Tidewiki in the old days, and now", keys=old.keys, published_at=old.published_at)
    assert (await take(intake, source, edited)).mentions == 1


async def test_two_processes_that_take_in_the_same_posts_at_the_same_time_keep_each_once(town):
    one, other = town.process(), town.process()
    sources = [await town.listen("Tidewiki", url=f"https://{name}.example/feed") for name in ("one", "other")]
    for source in sources:
        await take(one, source)
    posts = [about(f"Tidewiki {count}") for count in range(10)] + [about(f"Something {count}") for count in range(10)]

    brought = await asyncio.gather(take(one, sources[0], *posts), take(other, sources[1], *reversed(posts)))

    assert [each.harvest.new for each in brought] == [20, 20]
    assert sum(each.mentions for each in brought) == 10
    assert (await town.count("post"), await town.count("source_post")) == (20, 40)


async def test_what_settles_a_poll_is_part_of_it(town):
    intake = town.process()
    source = await town.listen("Tidewiki")
    await take(intake, source)

    def fail(tx, brought, at):
        raise RuntimeError

    for posts in ([], [about("Something")], [about("Tidewiki")]):
        with pytest.raises(RuntimeError):
            await intake.take(source, posts, settle=fail)
    assert await town.count("post") == 0


async def test_between_the_parts_of_a_huge_feed_others_get_their_turn(town):
    intake = town.process()
    source = await town.listen("Tidewiki")
    await take(intake, source)
    posts = [about(f"Something {count}") for count in range(10 * AT_ONCE)] + [about("Tidewiki")]
    turns = []

    async def click():
        while not turns or turns[-1] == 0:
            turns.append(await town.open[0].transact(lambda tx: tx.one("SELECT COUNT(*) AS n FROM mention")["n"]))

    brought, _ = await asyncio.gather(take(intake, source, *posts), click())

    assert (brought.harvest.new, brought.news, brought.mentions) == (len(posts), len(posts), 1)
    assert turns.count(0) >= 10
