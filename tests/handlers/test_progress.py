"""What a poll says while it goes on: names of places are words, whatever they look like."""

import io

from builders import a_source
from rich.console import Console
from rich.progress import Progress

from handlers.polling.poll import Heard, NotHeard
from handlers.progress import Shown


def test_a_name_in_brackets_is_printed_as_it_is():
    page = io.StringIO()
    with Progress(console=Console(file=page, force_terminal=True, width=100)) as bar:
        bar.add_task("poll", total=1)
        shown = Shown(bar=bar)
        shown.report(NotHeard(source=a_source(name="News [/r/devops] [bold]"), reason="it said [/nothing]"))

    assert "News [/r/devops] [bold]: it said [/nothing]" in page.getvalue()


def test_the_summary_counts_places_posts_and_mentions(capsys):
    shown = Shown(bar=None)
    shown.report(Heard(source=a_source(), posts=9, news=2, mentions=1))
    shown.report(NotHeard(source=a_source(name="The forum"), reason="no answer"))

    assert shown.summary() == "1 of 2 places heard: 2 new posts, 1 mention."
    assert capsys.readouterr().out == "The forum: no answer\n"
