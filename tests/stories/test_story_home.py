"""What people do in their App Home."""

from bots import Desk


async def test_somebody_opens_the_home_before_anything_is_set_up_and_is_offered_to_start(desk: Desk, start):
    await start()
    await desk.slack.open_home(by="maya")

    home = await desk.slack.wait_for_home(by="maya", containing="I listen where people talk about you")

    assert [element["text"]["text"] for element in home["blocks"][-1]["elements"]] == ["Start listening"]


async def test_the_settings_say_what_is_listened_for_and_where(desk: Desk, start, street):
    await desk.watch(street.feed("forum").url)
    await start()
    await desk.slack.open_home(by="maya")
    home = await desk.slack.wait_for_home(by="maya")
    await desk.slack.click("Settings", on=home, by="maya")

    home = await desk.slack.wait_for_home(by="maya", containing="▸ Settings")

    assert desk.rows("SELECT slack_user FROM home") == [(desk.slack.user("maya"),)]
    assert await desk.slack.wait_for_home(by="maya", containing="Tidewiki")
