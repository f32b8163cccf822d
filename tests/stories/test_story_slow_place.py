"""A place that takes its time costs nobody else any."""

from bots import Desk
from feed_street import never


async def test_a_place_that_never_answers_delays_no_other(desk: Desk, start, street):
    slow, quick = street.feed("slow"), street.feed("quick")
    slow.answer = never
    quick.add("Does Tidewiki export?")
    await desk.watch(slow.url, quick.url)
    await start()

    await desk.card("Does Tidewiki export?")
    quick.add("Does Tidewiki import?")
    await desk.card("Does Tidewiki import?")

    # Both were found while the first request to the slow place was still open.
    assert slow.asked == 1
