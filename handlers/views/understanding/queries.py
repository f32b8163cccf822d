"""What watches are found by, and what another query would have found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from unicodedata import category, east_asian_width

from engagement.prose import clip, times
from engagement.understanding.replay import LOOKED_BACK, Judged, Replay, Verdict
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import heading_link
from handlers.views.mrkdwn import code, escape, in_lines, inline, seen, separated, some, when

QUERIES_AT_MOST: Final = 7
# With what stands around them, ten lines.
SHOWN_AT_MOST: Final = 3
QUERY_LENGTH: Final = 300
NAMES_AT_MOST: Final = 5
# Characters of a query that are shown around a mistake: a phone has some forty in a line of code.
BEFORE: Final = 25
BEHIND: Final = 15
NO_MISTAKES: Final[Mapping[int, str]] = {}
SAID: Final = {
    Verdict.US: "you tagged it",
    Verdict.NOT_US: "you said it is not us",
    Verdict.NONE: "",
}
COUNTED: Final = {
    Verdict.US: "{} tagged by you",
    Verdict.NOT_US: "{} not us, as you said",
    Verdict.NONE: "{} not judged yet",
}


def draw_queries(
    queries: Sequence[tuple[Watch, str]], *, command: str, mistakes: Mapping[int, str] = NO_MISTAKES
) -> Message:
    """Return what each watch is found by, as it can be typed, with its form behind a button.

    `mistakes` are those in stored queries, by the number of the watch.
    """
    if not queries:
        return blocks.only(f"I do not listen for anything yet: `{command} watch add` begins.")
    head = "What makes a mention"
    rows = [
        blocks.section(
            separated(
                [
                    f"*{inline(watch.name)}*: {code(typed, QUERY_LENGTH)}",
                    say_bad_query(mistakes[watch.id]) if watch.id in mistakes else "",
                ]
            ),
            blocks.button("Change…", "watch.edit", str(watch.id)),
        )
        for watch, typed in queries[:QUERIES_AT_MOST]
    ]
    left = len(queries) - QUERIES_AT_MOST
    rest = f"and {left:,} more: my Home has them all. " if left > 0 else ""
    hint = f"{rest}`{command} query test tide NEAR/10 wiki` shows what another query would change, and changes nothing."
    return Message(text=head, blocks=[blocks.section(f"*{head}*"), *rows, blocks.context(hint)])


def say_bad_query(mistake: str) -> str:
    """Return, behind the name of a watch, that its query cannot be read and what counts meanwhile."""
    return f"⚠️ I cannot read its query: {_in_a_line(mistake)} Until that is mended, its names count."


def _in_a_line(mistake: str) -> str:
    return escape(clip(" ".join(mistake.split()), QUERY_LENGTH))


def draw_bad_query(watch: Watch, mistake: str) -> Message:
    """Return what a channel is told of a query that this version of the bot cannot read; or that it is mended."""
    name = inline(watch.name)
    if watch.stopped_at or not mistake:
        return blocks.only(f"The query of *{name}* was mended, or is needed no more.")
    names = some([inline(each) for each in watch.terms.names], NAMES_AT_MOST)
    text = f"I cannot read the query of {name} any more"
    why = f"*{text}*: {code(watch.terms.query, QUERY_LENGTH)}\n{_in_a_line(mistake)}"
    said = f"{why}\nUntil somebody mends it, I listen for its names: {names}."
    return Message(text=text, blocks=[blocks.section(said, blocks.button("Change…", "watch.edit", str(watch.id)))])


def draw_replay(watch: Watch, typed: str, found: Replay) -> Message:
    """Return what a query would gain and lose, the doubtful first; nothing was changed."""
    if not found.posts:
        return blocks.only(
            f"I heard nothing for {inline(watch.name)} in the last weeks, so there is nothing to try it on."
        )
    head = f"{times(found.after, 'mention')} instead of {found.before:,}"
    over = f"in the last {times(found.posts, 'post')} of its places, {LOOKED_BACK.days} days at most"
    kept = found.after - len(found.gained)
    change = f"{kept:,} as before, {len(found.gained):,} more, {len(found.lost):,} fewer"
    lines = [
        f"*{inline(watch.name)}* by {code(typed, QUERY_LENGTH)}",
        f"*{head}*, {over}: {change}. Nothing was changed; to use it, enter it behind *Change…*, *More…*.",
    ]
    return Message(
        text=head,
        blocks=[
            blocks.section(in_lines(*lines)),
            *([blocks.section(_listed("It would gain", found.gained))] if found.gained else []),
            *([blocks.section(_listed("It would lose", found.lost))] if found.lost else []),
            blocks.actions(blocks.button("Change…", "watch.edit", str(watch.id))),
        ],
    )


def _listed(head: str, judged: Sequence[Judged]) -> str:
    counts = Counter(each.verdict for each in judged)
    facts = [words.format(f"{counts[verdict]:,}") for verdict, words in COUNTED.items() if counts[verdict]]
    return in_lines(f"*{head} {len(judged):,}*: {', '.join(facts)}", *map(_line, judged[:SHOWN_AT_MOST]))


def _line(judged: Judged) -> str:
    stored = judged.stored
    facts = [inline(stored.post.community), when(stored.written_at, "{date_short}"), SAID[judged.verdict]]
    return separated([f"• {heading_link(stored.post)}", *facts])


def say_mistake(typed: str, problem: str, *, character: int) -> Message:
    """Return what is wrong with a query, and the query with a sign below the `character` (from 1) where it is."""
    said = f"I cannot read this query. {escape(clip(problem, QUERY_LENGTH))}"
    return Message(text=said, blocks=[blocks.section(said), blocks.to_copy(_pointed_at(typed, character - 1))])


def _pointed_at(typed: str, at: int) -> str:
    """Return what stands around a character, as one line, and below it a sign that points there."""
    begins, ends = max(0, at - BEFORE), at + BEHIND
    before = ("…" if begins else "") + _as_a_line(typed[begins:at])
    behind = _as_a_line(typed[at:ends]) + ("…" if typed[ends:] else "")
    return f"{before}{behind}\n{''.join(map(_as_wide_as, before))}^"


def _as_wide_as(sign: str) -> str:
    """Return what is seen as nothing and takes as many columns: East Asian signs take two, accents none."""
    if category(sign) in ("Mn", "Me", "Cf"):
        return ""
    return "\u3000" if east_asian_width(sign) in "FW" else " "


def _as_a_line(typed: str) -> str:
    return "".join(" " if sign.isspace() else sign for sign in seen(typed))


def say_which_watch(names: Sequence[str], *, command: str) -> Message:
    """Return how to say which watch a query is for."""
    listed = some([inline(name) for name in names], NAMES_AT_MOST)
    example = f"`{command} query test {inline(names[0])}: tide NEAR/10 wiki`"
    return blocks.only(f"For which one? I listen for {listed}. For example {example}.")
