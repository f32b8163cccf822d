"""Log lines: a sentence and its facts, one line whatever the facts hold."""

import logging
import sys

from handlers.logs import Facts


def a_record(message="source not heard", *args, exc_info=None, **facts):
    return logging.getLogger("feeds").makeRecord(
        "feeds", logging.WARNING, "f.py", 1, message, args, exc_info, extra=facts or None
    )


def test_facts_stand_behind_the_sentence_and_cannot_begin_a_line():
    line = Facts("%(levelname)s %(message)s").format(a_record(source="Reddit", reason="no\nERROR all is lost"))

    assert line == "WARNING source not heard  source='Reddit' reason='no\\nERROR all is lost'"


def test_a_record_says_the_same_to_every_handler():
    record = a_record("%d messages", 3, channel="C1")

    lines = [Facts("%(message)s").format(record) for _ in range(2)]

    assert lines == ["3 messages  channel='C1'"] * 2
    assert record.getMessage() == "3 messages"


def test_a_traceback_stands_below():
    try:
        int("no")
    except ValueError:
        record = a_record("a job failed", exc_info=sys.exc_info(), job="poll")

    first, *below = Facts("%(message)s").format(record).splitlines()

    assert first == "a job failed  job='poll'"
    assert below[-1].startswith("ValueError: invalid literal")
