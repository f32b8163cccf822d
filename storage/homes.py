"""What each person looks at in their App Home."""

import json

from engagement.home import Filters, Page, Spot, Step, Tab
from storage.database import Tx
from storage.stamps import read_stamp, stamp


def find_page(tx: Tx, workspace_id: str, slack_user: str) -> Page | None:
    """Return what the person looks at, None for whoever has never opened their Home."""
    row = tx.one(
        "SELECT page FROM home WHERE workspace_id = :workspace_id AND slack_user = :slack_user",
        workspace_id=workspace_id,
        slack_user=slack_user,
    )
    return page_from(row["page"]) if row else None


def save_page(tx: Tx, workspace_id: str, slack_user: str, page: Page) -> None:
    """Remember what the person looks at now."""
    tx.run(
        """INSERT INTO home (workspace_id, slack_user, page) VALUES (:workspace_id, :slack_user, :page)
           ON CONFLICT (workspace_id, slack_user) DO UPDATE SET page = excluded.page""",
        workspace_id=workspace_id,
        slack_user=slack_user,
        page=_written(page),
    )


def page_from(text: str) -> Page:
    """Return what `_written` wrote; the first page where another release wrote something else."""
    try:
        facts = json.loads(text)
        spot = facts["spot"]
        return Page(
            tab=Tab(facts["tab"]),
            filters=Filters(**facts["filters"]),
            spot=Spot(at=read_stamp(spot[0]), id=int(spot[1])) if spot else None,
            step=Step(facts["step"]),
            first=int(facts["first"]),
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return Page()


def _written(page: Page) -> str:
    filters = page.filters
    facts = {
        "tab": page.tab.value,
        "filters": {name: getattr(filters, name) for name in Filters.__dataclass_fields__},
        "spot": [stamp(page.spot.at), page.spot.id] if page.spot else None,
        "step": page.step.value,
        "first": page.first,
    }
    return json.dumps(facts, ensure_ascii=False)
