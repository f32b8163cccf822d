"""What somebody answered lately, told to nobody but them: it stands in their own Home and nowhere else."""

from engagement.digest.own_week import OwnWeek, OwnWeeks
from engagement.prose import share, times
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.digest.figures import pace
from handlers.views.mrkdwn import in_lines


def draw_own_weeks(weeks: OwnWeeks) -> list[Block]:
    """Return the last seven days beside the seven before; nothing for whoever answered nobody in both."""
    if not weeks.say_something:
        return []
    answers = pace(weeks.now.answers, weeks.before.answers, "answer")
    said = in_lines(
        "*Your last seven days* (the seven before in brackets; only you see this)",
        answers or f"No answers yet, {times(weeks.before.answers.count, 'answer')} the week before",
        _promises(weeks),
    )
    return [blocks.context(said)]


def _promises(weeks: OwnWeeks) -> str:
    """Return how much of what was promised came in time; empty where nothing was."""
    kept, before = _kept(weeks.now), _kept(weeks.before)
    overdue = f", {weeks.overdue:,} open and overdue" if weeks.overdue else ""
    if not kept:
        return f"Promises: {weeks.overdue:,} open and overdue" if overdue else ""
    return f"Promises kept in time: {kept}{f' ({before})' if before else ''}{overdue}"


def _kept(week: OwnWeek) -> str:
    promised = week.kept + week.late
    return share(week.kept, promised) if promised else ""
