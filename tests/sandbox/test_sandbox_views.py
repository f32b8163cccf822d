import pytest
from slack_sdk.errors import SlackApiError

FORM = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": [], "external_id": "e1"}


@pytest.fixture
async def opened(slack, api, bolt, connected):
    """The id of a modal that somebody has open."""

    @bolt.command("/ears")
    async def open_form(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async with connected(bolt):
        await slack.command("/ears", by="maya", channel="mentions")
        yield (await slack.wait_for_view(by="maya"))["id"]


async def test_a_modal_may_keep_its_own_external_id(opened, api):
    answer = await api.views_update(view_id=opened, view=FORM)

    assert answer["view"]["external_id"] == "e1"


async def test_a_modal_does_not_turn_into_a_home(opened, api):
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await api.views_update(view_id=opened, view={"type": "home", "blocks": []})
