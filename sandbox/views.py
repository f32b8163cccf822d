"""Modals and app homes: one stack of at most three modals and one home for each user."""

import copy
from typing import Any

from sandbox import limits
from sandbox.blockkit import elements_of, nested, validate_view
from sandbox.chance import Chance
from sandbox.errors import SlackError, refuse_problems
from sandbox.live import Live
from sandbox.manifest import App
from sandbox.workspace import Workspace

View = dict[str, Any]


def fill_ids(blocks: list[dict[str, Any]], chance: Chance) -> list[dict[str, Any]]:
    """Return the blocks with the ids that Slack makes up where the app gave none."""
    filled = copy.deepcopy(blocks)
    for block in nested(filled):
        if not block.get("block_id"):
            block["block_id"] = chance.urlsafe("block", 4)
        for element in elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = chance.urlsafe("action", 4)
    return filled


class Views:
    """What each user has open. Every change is told to that user's pages."""

    def __init__(self, workspace: Workspace, app: App, live: Live, chance: Chance) -> None:
        self._workspace, self._app, self._live, self._chance = workspace, app, live, chance
        self.clear()

    def clear(self) -> None:
        """Close everything."""
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def kept(self) -> dict[str, Any]:
        """Return everything that is open, as plain values."""
        return {"stacks": copy.deepcopy(self._stacks), "homes": copy.deepcopy(self._homes)}

    def restore(self, kept: dict[str, Any]) -> None:
        """Open what `kept` returned before."""
        self._stacks, self._homes = copy.deepcopy(kept["stacks"]), copy.deepcopy(kept["homes"])

    def stack(self, user: str) -> list[View]:
        """Return the modals a user has open, the top one last."""
        return self._stacks.setdefault(user, [])

    def home(self, user: str) -> View | None:
        """Return the app home the bot published for a user."""
        return self._homes.get(user)

    def show(self, user: str, view: View) -> View:
        """Open a modal on top of those that are open; SlackError `push_limit_reached` for a fourth."""
        refuse_problems(validate_view(view), view=True)
        if view["type"] != "modal":
            raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must be a modal"]})
        stack = self.stack(user)
        if len(stack) >= limits.MODALS_PER_STACK:
            raise SlackError("push_limit_reached")
        built = self._build(view, previous=stack[-1] if stack else None)
        stack.append(built)
        self._live.publish("view_opened", {"view": copy.deepcopy(built)}, to=user)
        return built

    def update(self, view_id: str, view: View, *, wanted_hash: str | None = None) -> View:
        """Replace an open modal's content; what people typed stays where block_id and action_id stay.

        SlackError `not_found` when it is closed, `hash_conflict` when it is not the version of `wanted_hash`.
        """
        user, old = self.find(view_id)
        if wanted_hash and wanted_hash != old["hash"]:
            raise SlackError("hash_conflict")
        refuse_problems(validate_view(view), view=True)
        if view["type"] != old["type"]:
            raise SlackError(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] must be a {old['type']} view"]}
            )
        new = self._build(view, previous=None, replaced=old)
        kept = {name: old[name] for name in ("id", "root_view_id", "previous_view_id", "state")}
        old.clear()
        old.update(new | kept)
        self._live.publish("view_updated", {"view": copy.deepcopy(old)}, to=user)
        return old

    def publish(self, user: str, view: View, *, wanted_hash: str | None = None) -> View:
        """Replace a user's app home; SlackError `hash_conflict` as in `update`."""
        old = self._homes.get(user)
        if wanted_hash and old and wanted_hash != old["hash"]:
            raise SlackError("hash_conflict")
        refuse_problems(validate_view(view), view=True)
        if view["type"] != "home":
            raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must be a home view"]})
        home = self._build(view, previous=None)
        if old:
            home["id"] = home["root_view_id"] = old["id"]
        self._homes[user] = home
        self._live.publish("home", {"view": copy.deepcopy(home)}, to=user)
        return home

    def find(self, view_id: str) -> tuple[str, View]:
        """Return whose view this is, and the view, by id or external id; SlackError `not_found`."""
        modals = ((user, view) for user, stack in self._stacks.items() for view in stack)
        for user, view in (*modals, *self._homes.items()):
            # Most views have no external id, which is an empty one.
            if view_id and view_id in (view["id"], view["external_id"]):
                return user, view
        raise SlackError("not_found")

    def looked_at(self, user: str, view_id: str, *, is_modal: bool = False) -> View:
        """Return what this user has open, or only a modal of theirs; SlackError `not_found`, also if it is another's.

        By id alone: external ids are for the app.
        """
        home = self._homes.get(user)
        seen = [*self.stack(user), *([home] if home and not is_modal else [])]
        for view in seen:
            if view["id"] == view_id:
                return view
        raise SlackError("not_found")

    def remember(self, view_id: str, values: dict[str, Any]) -> None:
        """Keep what a user has filled in so far."""
        _, view = self.find(view_id)
        view["state"] = {"values": copy.deepcopy(values)}

    def complain(self, view_id: str, errors: dict[str, str]) -> None:
        """Show errors beside the fields of an open modal; an empty `errors` takes them away."""
        user, view = self.find(view_id)
        if errors:
            view["errors"] = errors
        else:
            view.pop("errors", None)
        self._live.publish("view_errors", {"view_id": view["id"], "errors": errors}, to=user)

    def close(self, view_id: str, *, all_of_stack: bool = False) -> list[View]:
        """Close a modal and those above it, or the whole stack; the closed ones, top first."""
        user, view = self.find(view_id)
        stack = self.stack(user)
        below = 0 if all_of_stack else stack.index(view)
        closed = list(reversed(stack[below:]))
        del stack[below:]
        for one in closed:
            self._live.publish("view_closed", {"view_id": one["id"]}, to=user)
        return closed

    def _build(self, view: View, *, previous: View | None, replaced: View | None = None) -> View:
        view_id = self._workspace.new_id("V")
        defaults = {
            "team_id": self._workspace.id,
            "app_id": self._app.id,
            "app_installed_team_id": self._workspace.id,
            "bot_id": self._app.bot_id,
            "title": None,
            "submit": None,
            "close": None,
            "callback_id": "",
            "external_id": "",
            "private_metadata": "",
            "clear_on_close": False,
            "notify_on_close": False,
        }
        external_id = view.get("external_id")
        if external_id and any(external_id == one["external_id"] for one in self._open() if one is not replaced):
            raise SlackError("duplicate_external_id")
        return {
            **defaults,
            **view,
            "id": view_id,
            "blocks": fill_ids(view["blocks"], self._chance),
            "state": {"values": {}},
            "hash": f"{int(self._workspace.clock())}.{self._chance.hex('hash', 4)}",
            "root_view_id": previous["root_view_id"] if previous else view_id,
            "previous_view_id": previous["id"] if previous else None,
        }

    def _open(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack]
