"""What people enter into the forms about a watch, read and judged: hostile until then."""

import re
from collections.abc import Sequence
from dataclasses import replace

from engagement.prose import unquoted
from engagement.understanding.context_sets import addressed, problem_of_near
from engagement.watch import Delivery, NewWatch, Outcome, Terms
from feeds.typed import as_address
from handlers.payload import PICKED_CHANNEL, BadPayloadError, Payload, choice_of, entered, number_of
from handlers.views.listening.watch import (
    CHANNEL,
    DELIVERY,
    EXCLUDED,
    HANDLES,
    NAMES,
    NEAR,
    OUTCOME,
    QUERY,
    SITE,
    TARGET,
    TARGETS,
    WatchForm,
)
from triage.match import names_asking
from triage.query_parse import BadQuery, parse_query
from triage.terms import is_visible

WORDS_AT_MOST = 50
LONGEST_WORD = 80
SHORTEST_NAME = 2


def read_form(body: Payload, before: WatchForm) -> WatchForm:
    """Return what stands in the form; of what is folded away, what stood there `before`. Raises BadPayloadError."""

    def value(name: str, was: str) -> str:
        return entered(body, name) if is_shown(body, name) else was

    channel = value(CHANNEL, before.channel) or before.channel
    if channel != before.channel and not PICKED_CHANNEL.fullmatch(channel):
        raise BadPayloadError("the form names no channel")
    target = number_of(value(TARGET, str(before.target_minutes)))
    if target not in (*TARGETS, before.target_minutes):
        raise BadPayloadError("the form offers no such target")
    return replace(
        before,
        names=value(NAMES, before.names),
        excluded=value(EXCLUDED, before.excluded),
        near=value(NEAR, before.near),
        query=value(QUERY, before.query).strip(),
        site=value(SITE, before.site),
        handles=value(HANDLES, before.handles),
        outcome=choice_of(Outcome, value(OUTCOME, before.outcome.value) or before.outcome),
        delivery=choice_of(Delivery, value(DELIVERY, before.delivery.value) or before.delivery),
        target_minutes=target,
        channel=channel,
    )


def is_shown(body: Payload, name: str) -> bool:
    """Return whether the form has that field unfolded."""
    return name in ((body["view"].get("state") or {}).get("values") or {})


def find_problems(filled: WatchForm) -> dict[str, str]:
    """Return what is wrong with the form, under the field's name; empty when nothing is."""
    names, asking = listed(filled.names), names_asking(_terms_typed(filled))
    near = [addressed(entry, asking)[1] for entry in near_listed(filled.near, asking)]
    problems = {}
    if not names:
        problems[NAMES] = "Please enter at least one name that people use for you."
    elif wrong := [name for name in names if not SHORTEST_NAME <= len(name) <= LONGEST_WORD]:
        problems[NAMES] = f"A name has {SHORTEST_NAME} to {LONGEST_WORD} characters: {wrong[0][:LONGEST_WORD]}"
    for field, words in ((NAMES, names), (EXCLUDED, listed(filled.excluded)), (NEAR, near)):
        if len(words) > WORDS_AT_MOST:
            problems[field] = f"Please enter at most {WORDS_AT_MOST}; make another watch for more."
        elif long := [word for word in words if len(word) > LONGEST_WORD]:
            problems.setdefault(field, f"At most {LONGEST_WORD} characters each: {long[0][:LONGEST_WORD]}")
    if problem := problem_of_near(listed(filled.near), asking):
        problems[NEAR] = problem
    if filled.query and isinstance(read := parse_query(filled.query), BadQuery):
        problems[QUERY] = read.problem
    if filled.site and not as_address(filled.site):
        problems[SITE] = "Please enter an address such as tidewiki.example or https://tidewiki.example"
    if not filled.channel:
        problems[CHANNEL] = "Please choose a channel."
    return problems


def new_watch(filled: WatchForm, *, name: str = "") -> NewWatch:
    """Return the watch of a form without problems; without a `name`, it is called by the first of its names."""
    names = listed(filled.names)
    return NewWatch(
        channel=filled.channel,
        name=name or names[0],
        terms=Terms(
            names=names,
            excluded=listed(filled.excluded),
            near=near_listed(filled.near, names_asking(_terms_typed(filled))),
            query=filled.query,
        ),
        outcome=filled.outcome,
        site=as_address(filled.site),
        handles=listed(filled.handles),
        delivery=filled.delivery,
        target_minutes=filled.target_minutes,
    )


def _terms_typed(filled: WatchForm) -> Terms:
    return Terms(names=listed(filled.names), query=filled.query)


def near_listed(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return what must be near, as `listed`: behind a name and a colon all that stands in the line is for that name."""
    entries: list[str] = []
    for line in text.splitlines():
        whose = ""
        for typed in listed(line):
            name, word = addressed(typed, names)
            whose = name or whose
            entries.append(f"{whose}: {unquoted(word)}" if whose else word)
    return tuple(dict.fromkeys(entries))


def listed(text: str) -> tuple[str, ...]:
    """Return the entries of a field: one a line or with commas between, each once; what nobody can see is none."""
    parts = (unquoted(part.strip()) for part in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if is_visible(part)))
