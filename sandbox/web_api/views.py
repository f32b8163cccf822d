"""views.*: opening modals and publishing app homes."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from sandbox.errors import SlackError, invalid_arguments
from sandbox.web_api.call import Answer, Call, Method


def _view(call: Call) -> dict[str, Any]:
    view = call.structure("view")
    if not isinstance(view, dict):
        raise invalid_arguments("missing required field: view")
    return view


def _open(call: Call) -> Answer:
    user = call.slack.triggers.exchange(call.required("trigger_id"))
    return {"view": copy.deepcopy(call.slack.views.show(user, _view(call)))}


def _push(call: Call) -> Answer:
    trigger_id = call.required("trigger_id")
    view_id = call.slack.triggers.view_of(trigger_id)
    user = call.slack.triggers.exchange(trigger_id)
    if view_id is None:
        # views.push is only for interactions that happened in a modal.
        raise SlackError("invalid_trigger_id")
    call.slack.views.find(view_id)
    return {"view": copy.deepcopy(call.slack.views.show(user, _view(call)))}


def _update(call: Call) -> Answer:
    wanted = call.text("view_id") or call.text("external_id")
    if wanted is None:
        raise invalid_arguments("missing required field: view_id")
    updated = call.slack.views.update(wanted, _view(call), wanted_hash=call.text("hash"))
    return {"view": copy.deepcopy(updated)}


def _publish(call: Call) -> Answer:
    user = call.slack.workspace.users.get(call.required("user_id"))
    if user is None:
        raise invalid_arguments("invalid `user_id`")
    if not call.slack.app.has_home:
        raise SlackError("not_enabled")
    published = call.slack.views.publish(user.id, _view(call), wanted_hash=call.text("hash"))
    return {"view": copy.deepcopy(published)}


METHODS: Final[Mapping[str, Method]] = {
    "views.open": Method(run=_open),
    "views.push": Method(run=_push),
    "views.update": Method(run=_update),
    "views.publish": Method(run=_publish),
}
