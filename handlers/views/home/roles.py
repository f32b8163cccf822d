"""Who may answer, approve and change settings, in the settings: as it stands, and its form."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.voice.draft import Roles
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import in_lines, inline, some, user

# The names under which what was entered comes back (block_id and action_id alike).
SPEAK: Final = "speak"
APPROVE: Final = "approve"
CONFIGURE: Final = "configure"
WATCHES: Final = "watches"

NAMES_AT_MOST: Final = 5
OPTIONS_AT_MOST: Final = 100


def roles_said(roles: Roles, watches: Sequence[Watch]) -> str:
    """Return who may do what, in some lines."""
    approved = [inline(watch.name) for watch in watches if watch.id in roles.approved]
    return in_lines(
        f"Answer for us: {_people(roles.speak)}",
        f"Approve what we say: {_people(roles.approve)}",
        f"Change these settings: {_people(roles.configure)}" + (" and admins" if roles.configure else ""),
        f"Drafts are approved first: {some(approved, NAMES_AT_MOST)}" if approved else "",
    )


def _people(people: Sequence[str]) -> str:
    return some([user(each) for each in people], NAMES_AT_MOST) or "everybody"


def roles_modal(roles: Roles, watches: Sequence[Watch]) -> View:
    """Return the form that says who may do what; its version comes back in `private_metadata`."""
    options = [blocks.option(" ".join(watch.name.split()), str(watch.id)) for watch in watches[:OPTIONS_AT_MOST]]
    approved = [option for option in options if int(option["value"]) in roles.approved]
    asked = blocks.multi_static_select(WATCHES, "No watch", options, approved)
    return blocks.form(
        "Who may do what",
        [
            _who(SPEAK, "Who answers for us?", roles.speak),
            _who(APPROVE, "Who approves what we say?", roles.approve),
            *([blocks.field(WATCHES, "Where drafts are approved first", asked, optional=True)] if options else []),
            _who(CONFIGURE, "Who changes these settings?", roles.configure, hint="Admins of the workspace always may."),
        ],
        submit="Save",
        callback_id="voice.roles_submit",
        private_metadata=json.dumps({"version": roles.version}),
    )


def _who(name: str, label: str, people: Sequence[str], *, hint: str = "") -> Block:
    select = blocks.users_select(name, "Everybody", chosen=people)
    return blocks.field(name, label, select, hint=hint or "Empty: everybody.", optional=True)


def say_may_not_configure(people: Sequence[str]) -> str:
    """Return who may change settings, to somebody who may not."""
    return f"Only {some([user(each) for each in people], NAMES_AT_MOST)} and admins may change this. Please ask them."
