"""auth.*, users.*, bots.*, team.* and apps.*: who is who."""

from collections.abc import Mapping
from typing import Final

from sandbox.errors import SlackError
from sandbox.faults import FaultKind
from sandbox.users import described
from sandbox.web_api.call import Answer, Call, Method


def _auth_test(call: Call) -> Answer:
    app, workspace = call.slack.app, call.slack.workspace
    return {
        "url": f"{call.slack.responses.base_url}/",
        "team": workspace.name,
        "user": workspace.users[app.bot_user].name,
        "team_id": workspace.id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def _open_socket(call: Call) -> Answer:
    address = call.slack.responses.base_url.replace("http", "ws", 1)
    ticket = call.slack.sockets.ticket(expired=FaultKind.EXPIRED_SOCKET_URL in call.faults)
    return {"url": f"{address}/socket?ticket={ticket}"}


def _user_info(call: Call) -> Answer:
    return {"user": described(call.slack, call.user())}


def _users(call: Call) -> Answer:
    members = [described(call.slack, user) for user in call.slack.workspace.users.values()]
    return {"members": members, "cache_ts": int(call.slack.workspace.clock()), "response_metadata": {"next_cursor": ""}}


def _bot_info(call: Call) -> Answer:
    app = call.slack.app
    if call.text("bot") not in (None, app.bot_id):
        raise SlackError("bot_not_found")
    facts = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user, "name": app.name}
    return {"bot": {**facts, "deleted": False, "updated": 0, "icons": {}}}


def _team_info(call: Call) -> Answer:
    workspace = call.slack.workspace
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain, "icon": {}}}


METHODS: Final[Mapping[str, Method]] = {
    "auth.test": Method(run=_auth_test),
    "api.test": Method(run=lambda _call: {}),
    "apps.connections.open": Method(run=_open_socket, app_token=True),
    "users.info": Method(run=_user_info, scope="users:read"),
    "users.list": Method(run=_users, scope="users:read"),
    "bots.info": Method(run=_bot_info, scope="users:read"),
    "team.info": Method(run=_team_info, scope="team:read"),
}
