"""The issues of improvements, and when each was last asked whether it is closed."""

from datetime import datetime

from engagement.dataclass import dataclass
from engagement.improvements.improvement import ImprovementAct, ImprovementPress
from storage.database import Tx
from storage.improvements.improvements import UNDECIDED, find_improvement
from storage.improvements.improving import press_improvement
from storage.stamps import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The issue of an improvement that is not done yet; `etag` is of what it answered last."""

    improvement_id: int
    url: str
    etag: str


def issues_to_ask(tx: Tx, *, asked_before: datetime, limit: int) -> list[Issue]:
    """Return the issues that were not asked since, those first that were not for the longest."""
    rows = tx.all(
        f"""SELECT id, tracker_url, issue_etag FROM improvement
            WHERE {UNDECIDED} AND tracker_url <> ''
              AND issue_asked_at < :before ORDER BY issue_asked_at, id LIMIT :limit""",  # noqa: S608 - constants only
        before=stamp(asked_before),
        limit=limit,
    )
    return [Issue(improvement_id=row["id"], url=row["tracker_url"], etag=row["issue_etag"]) for row in rows]


def note_issue(tx: Tx, issue: Issue, *, etag: str, is_done: bool | None, at: datetime) -> None:
    """Note what an issue answered, `is_done` None where that says nothing new.

    Once it is done, its improvement asks whether it has shipped, until somebody opens the issue again. Nothing, where
    the improvement has another issue by now.
    """
    asked = tx.run(
        """UPDATE improvement SET issue_asked_at = :at, issue_etag = :etag
           WHERE id = :id AND tracker_url = :url""",
        id=issue.improvement_id,
        url=issue.url,
        etag=etag,
        at=stamp(at),
    )
    improvement = find_improvement(tx, issue.improvement_id) if asked and is_done is not None else None
    if improvement is not None:
        act = ImprovementAct.CLOSED if is_done else ImprovementAct.OPENED
        press = ImprovementPress(act=act, by="", at=at, drawn=improvement.version)
        press_improvement(tx, improvement.id, press, workspace_id=improvement.workspace_id)
