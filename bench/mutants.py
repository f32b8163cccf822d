"""Which small mistakes in the rules no test would notice: `python bench/mutants.py --help`.

Mutation testing (DeMillo, Lipton, Sayward, "Hints on Test Data Selection", 1978): one small change at a time, and the
tests of that file should fail. What survives is a hole in the tests, or a change that changes nothing; only reading
tells which. Nothing is written: every mutant lives in a process forked from this one, in place of the module as it is
imported there.
"""

import argparse
import ast
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).resolve().parent.parent
ENGAGEMENT = "tests/engagement/test_"
# Without two laws about addresses and their shapes, which are slow and say nothing of identities.
IDENTITY = [f"tests/feeds/test_{name}.py" for name in ("identity", "parsing", "apis")]
IDENTITY += ["-k", "not canonical_twice and not sign_of_a_rule"]


def in_rows(*names: str) -> list[str]:
    """Return tests of what storage makes of a rule, on SQLite alone."""
    return [*(f"tests/storage/test_{name}.py" for name in names), "-k", "not postgres"]


TURNS = [f"{ENGAGEMENT}{name}.py" for name in ("whose_turn", "turns_of_others", "news")]
# The tests that should notice, of each file with a rule in it; where they are slow, only what is quick of them.
TESTS = {
    "engagement/calendar.py": [f"{ENGAGEMENT}calendar.py", f"{ENGAGEMENT}rollup.py"],
    "engagement/dataclass.py": [f"{ENGAGEMENT}dataclass.py"],
    "engagement/home.py": [f"{ENGAGEMENT}home_pages.py"],
    "engagement/listing.py": [f"{ENGAGEMENT}listing.py"],
    "engagement/post.py": [f"{ENGAGEMENT}post.py"],
    "engagement/prose.py": [f"{ENGAGEMENT}prose.py"],
    "engagement/sites.py": [f"{ENGAGEMENT}sites.py"],
    "engagement/span.py": [f"{ENGAGEMENT}span.py"],
    "engagement/workspace.py": [f"{ENGAGEMENT}workspace.py", f"{ENGAGEMENT}quiet.py"],
    "engagement/calm/brake.py": [f"{ENGAGEMENT}brake.py"],
    "engagement/calm/calm.py": ["tests/storage/test_calm.py", "-k", "score"],
    "engagement/calm/mute.py": [f"{ENGAGEMENT}setting_aside.py"],
    "engagement/calm/mute_words.py": [f"{ENGAGEMENT}mute_words.py"],
    "engagement/calm/noise.py": [f"{ENGAGEMENT}noise_lists.py"],
    "engagement/calm/quiet.py": [f"{ENGAGEMENT}quiet.py"],
    "engagement/calm/rollup.py": [f"{ENGAGEMENT}rollup.py"],
    "engagement/calm/surge.py": [f"{ENGAGEMENT}surge.py", *in_rows("alerts")],
    "engagement/conversations/by_hand.py": [f"{ENGAGEMENT}brought.py"],
    "engagement/conversations/conversation.py": [
        f"{ENGAGEMENT}{name}.py" for name in ("decide", "listing", "setting_aside")
    ],
    "engagement/conversations/correct.py": [f"{ENGAGEMENT}setting_aside.py"],
    "engagement/conversations/decide.py": [
        f"{ENGAGEMENT}{name}.py" for name in ("decide", "improving", "same_story", "setting_aside")
    ],
    "engagement/conversations/snooze.py": [f"{ENGAGEMENT}setting_aside.py"],
    "engagement/conversations/standing.py": [
        f"{ENGAGEMENT}{name}.py" for name in ("standing", "improving", "same_story", "setting_aside", "decide")
    ],
    "engagement/conversations/steps.py": [
        f"{ENGAGEMENT}{name}.py" for name in ("decide", "improving", "same_story", "setting_aside")
    ],
    "engagement/conversations/stories.py": [f"{ENGAGEMENT}same_story.py"],
    "engagement/digest/communities.py": [f"{ENGAGEMENT}communities_heard_most.py"],
    "engagement/digest/details.py": [f"{ENGAGEMENT}details.py"],
    "engagement/digest/figures.py": [f"{ENGAGEMENT}figures.py"],
    "engagement/digest/first_steps.py": [f"{ENGAGEMENT}first_steps.py"],
    "engagement/digest/own_week.py": [f"{ENGAGEMENT}own_week.py"],
    "engagement/digest/voices.py": [f"{ENGAGEMENT}voices.py", *in_rows("voices_of")],
    "engagement/digest/week.py": [f"{ENGAGEMENT}week.py"],
    "engagement/improvements/asked_for.py": [f"{ENGAGEMENT}improvement.py"],
    "engagement/improvements/improvement.py": [f"{ENGAGEMENT}improvement.py", f"{ENGAGEMENT}themes.py"],
    "engagement/improvements/news.py": [f"{ENGAGEMENT}news.py"],
    "engagement/improvements/theme_phrases.py": [f"{ENGAGEMENT}theme_phrases.py"],
    "engagement/improvements/themes.py": [f"{ENGAGEMENT}themes.py"],
    "engagement/listening/choose.py": [f"{ENGAGEMENT}choose.py", f"{ENGAGEMENT}noise_lists.py"],
    "engagement/listening/habits.py": [f"{ENGAGEMENT}habits.py", f"{ENGAGEMENT}health.py"],
    "engagement/listening/health.py": [f"{ENGAGEMENT}health.py"],
    "engagement/listening/hosts.py": [f"{ENGAGEMENT}hosts.py"],
    "engagement/listening/moving.py": [f"{ENGAGEMENT}moving.py", f"{ENGAGEMENT}health.py"],
    "engagement/listening/pacing.py": [f"{ENGAGEMENT}pacing.py", f"{ENGAGEMENT}hosts.py"],
    "engagement/listening/polled.py": [f"{ENGAGEMENT}polled.py", f"{ENGAGEMENT}health.py"],
    "engagement/listening/source.py": [f"{ENGAGEMENT}source.py", f"{ENGAGEMENT}health.py", f"{ENGAGEMENT}polled.py"],
    "engagement/listening/telling.py": [f"{ENGAGEMENT}health.py"],
    "engagement/listening/trouble.py": in_rows("troubles"),
    "engagement/records/forgotten.py": [f"{ENGAGEMENT}forgotten.py", *in_rows("forgetting_law")],
    "engagement/records/history.py": [f"{ENGAGEMENT}line_names.py"],
    "engagement/records/lookup.py": [
        f"{ENGAGEMENT}lookup_pages.py",
        "tests/handlers/test_views_history.py",
        *("-k", "lookup_pages or topic or stands_under"),
    ],
    "engagement/records/retelling.py": [f"{ENGAGEMENT}retelling.py"],
    "engagement/sending/outbox.py": [f"{ENGAGEMENT}outbox.py"],
    "engagement/sending/webhook.py": [f"{ENGAGEMENT}webhook.py"],
    "engagement/team/handles.py": [f"{ENGAGEMENT}team.py"],
    "engagement/team/handover.py": [f"{ENGAGEMENT}handover.py"],
    "engagement/team/labels.py": [f"{ENGAGEMENT}labels_asked.py"],
    "engagement/team/team.py": [f"{ENGAGEMENT}team.py"],
    "engagement/turns/answering.py": [f"{ENGAGEMENT}answering.py"],
    "engagement/turns/looking.py": [f"{ENGAGEMENT}looking.py"],
    "engagement/turns/programs.py": [f"{ENGAGEMENT}programs.py"],
    "engagement/turns/reminders.py": [f"{ENGAGEMENT}reminders.py"],
    "engagement/turns/said.py": [*TURNS],
    "engagement/turns/settled.py": [f"{ENGAGEMENT}settled.py", f"{ENGAGEMENT}improving.py"],
    "engagement/turns/target.py": [f"{ENGAGEMENT}target.py", f"{ENGAGEMENT}reminders.py"],
    "engagement/turns/unseen.py": [f"{ENGAGEMENT}unseen.py"],
    "engagement/turns/whose_turn.py": [*TURNS],
    "engagement/understanding/beside.py": [f"{ENGAGEMENT}beside.py", "tests/triage/test_beside_names.py"],
    "engagement/understanding/context_sets.py": [f"{ENGAGEMENT}context_sets.py", "tests/triage/test_us.py"],
    "engagement/understanding/learned.py": [f"{ENGAGEMENT}learned.py", "tests/triage/test_preferences_heard.py"],
    "engagement/understanding/priority.py": [f"{ENGAGEMENT}priority.py"],
    "engagement/understanding/query.py": [f"{ENGAGEMENT}query_tree.py", "tests/triage/test_query_parse.py"],
    "engagement/understanding/reading.py": [f"{ENGAGEMENT}reading.py"],
    "engagement/understanding/replay.py": [f"{ENGAGEMENT}replay.py"],
    "engagement/understanding/rereading.py": [f"{ENGAGEMENT}rereading.py"],
    "engagement/understanding/unsure.py": [f"{ENGAGEMENT}unsure.py"],
    "engagement/voice/check.py": [f"{ENGAGEMENT}voice_check.py"],
    "engagement/voice/draft.py": [f"{ENGAGEMENT}draft.py"],
    "engagement/voice/guide.py": [f"{ENGAGEMENT}voice_check.py", f"{ENGAGEMENT}draft.py"],
    "engagement/voice/words.py": [f"{ENGAGEMENT}voice_check.py"],
    "engagement/voice/writing.py": [f"{ENGAGEMENT}draft.py"],
    "feeds/identity/in_thread.py": ["tests/feeds/test_in_thread.py"],
    "feeds/identity/keys.py": [*IDENTITY, "tests/stories/test_story_identity.py"],
    "feeds/identity/linked.py": ["tests/feeds/test_linked.py"],
    "feeds/identity/posts.py": [*IDENTITY],
    "feeds/identity/spots.py": [*IDENTITY, "tests/feeds/test_communities.py"],
    "handlers/sending/outbox.py": ["tests/handlers/test_sending.py", "tests/handlers/test_redraws.py"],
    "handlers/sending/redraws.py": ["tests/handlers/test_redraws.py", "tests/handlers/test_sending.py"],
    "triage/near.py": ["tests/triage/test_near.py"],
}
# Imported once, here, so that a fork need not; nothing of ours, or the tests would meet what was never changed.
HEAVY = (
    *("_hypothesis_pytestplugin", "anyio._backends._asyncio", "anyio.pytest_plugin", "hypothesis.strategies"),
    *("aiohttp.web", "lxml.html", "slack_bolt.async_app", "sqlite_utils", "w3lib.url"),
)
NOT_NEEDED = ("cacheprovider", "cov", "unraisableexception", "xdist")
QUIETLY = ("-x", "--assert=plain", "--hypothesis-profile=mutants", *(f"-pno:{name}" for name in NOT_NEEDED))
# A mutant that never ends is noticed: one that waits, and one that works so many times as long as what it came from.
SECONDS = 60
TIMES = 10
BYTES = 2 * 1024**3

Swaps = dict[type[ast.AST], tuple[type[Any], ...]]
COMPARED: Swaps = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
RECKONED: Swaps = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.RShift: (ast.LShift,),
}
TWINS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What a type is, is for mypy to say.
PASSED_OVER = {"annotation", "returns", "decorator_list", "type_comment"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file: where, what stood there, and what stands there now."""

    line: int
    before: str
    after: str
    code: CodeType

    def __str__(self) -> str:
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.line}: {before}  ->  {after or 'nothing'}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a file, in the order of its lines."""
    tree = ast.parse(path.read_text("utf-8"))
    found = []
    for parent, field, place in _places(tree):
        node = _get(parent, field, place)
        for other in _variants(node):
            before, after = _told(node, other)
            with _standing(parent, field, place, other):
                ast.fix_missing_locations(ast.copy_location(other, node))
                line = (node.target if isinstance(node, ast.comprehension) else node).lineno
                found.append(Mutant(line, before, after, compile(tree, path, "exec")))
    yield from sorted(found, key=lambda each: each.line)


def _places(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield where in the tree each statement and expression stands that may be changed."""
    for field, value in ast.iter_fields(node):
        if field in PASSED_OVER:
            continue
        for place, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST) and not _is_no_behaviour(node, child):
                yield node, field, place
                yield from _places(child)


def _is_no_behaviour(parent: ast.AST, node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(value=ast.BinOp(op=ast.BitOr())) if isinstance(parent, ast.Module):
            # One of several types.
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return True
        case ast.Assign() | ast.AnnAssign():
            # The words of an enumeration, and what a fact is where nobody says so.
            return isinstance(parent, ast.ClassDef)
    return False


def _told(node: ast.AST, other: ast.AST) -> tuple[str, str]:
    """Return what stood there and what stands there now, of a forgotten argument that alone."""
    if isinstance(node, ast.Call) and isinstance(other, ast.Call) and len(node.keywords) > len(other.keywords):
        (forgotten,) = (each for each in node.keywords if each not in other.keywords)
        return ast.unparse(forgotten), ""
    return ast.unparse(node), ast.unparse(other)


def _get(parent: ast.AST, field: str, place: int | None) -> Any:
    value = getattr(parent, field)
    return value if place is None else value[place]


@contextmanager
def _standing(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> Iterator[None]:
    """Let `node` stand there meanwhile."""
    before = _get(parent, field, place)

    def put(what: ast.AST) -> None:
        if place is None:
            setattr(parent, field, what)
        else:
            getattr(parent, field)[place] = what

    put(node)
    try:
        yield
    finally:
        put(before)


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what might stand in place of a statement or an expression, if somebody made a mistake."""
    yield from _other_values(node)
    yield from _other_operators(node)
    yield from _other_ways(node)
    if isinstance(node, ast.Call):
        yield from _other_calls(node)


def _other_values(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant(value + "~")
        case ast.Return(value=ast.Constant(value=None | False)):
            # Nothing where it was no.
            return
        case ast.Return(value=ast.AST()):
            yield ast.Return(ast.Constant(None))


def _other_operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, comparators):
            for place, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from (_joined(op, [*values[:place], *values[place + 1 :]]) for place in range(len(values)))
        case ast.BinOp(left, op, right):
            yield from (ast.BinOp(left, other(), right) for other in RECKONED[type(op)])
        case ast.UnaryOp(operand=operand):
            yield operand


def _other_ways(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.If(test=ast.Name() | ast.Attribute() | ast.Call() as test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.comprehension(target, iterated, [_, *_] as ifs, is_async):
            for place in range(len(ifs)):
                yield ast.comprehension(target, iterated, [*ifs[:place], *ifs[place + 1 :]], is_async)
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _joined(op: ast.boolop, values: list[ast.expr]) -> ast.AST:
    return ast.BoolOp(op, values) if len(values) > 1 else values[0]


def _other_calls(call: ast.Call) -> Iterator[ast.AST]:
    """Yield the call with each of its keyword arguments forgotten, and of the other function of a pair."""
    for place, keyword in enumerate(call.keywords):
        if keyword.arg:
            yield ast.Call(call.func, call.args, [*call.keywords[:place], *call.keywords[place + 1 :]])
    if isinstance(call.func, ast.Name) and call.func.id in TWINS:
        yield ast.Call(ast.Name(TWINS[call.func.id], ast.Load()), call.args, call.keywords)


class InPlaceOf(MetaPathFinder, Loader):
    """Imports one module as `code` says, and leaves all others alone."""

    def __init__(self, path: str, code: CodeType) -> None:
        self._name, self._path, self._code = path.removesuffix(".py").replace("/", "."), ROOT / path, code

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Say where a module comes from, if it is the one."""
        return spec_from_file_location(fullname, self._path, loader=self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Fill a module."""
        exec(self._code, module.__dict__)  # noqa: S102 - our own code, with one change


class LawsLast:
    """Lets the quick tests go first: most mutants fail one of them."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort what is to run."""
        items.sort(key=lambda item: item.get_closest_marker("hypothesis") is not None)


def try_out(path: str, code: CodeType, tests: Sequence[str], work: int = SECONDS) -> tuple[bool, float]:
    """Return whether the tests fail with `code` in place of the file, or work longer than that, and how long they did.

    Seconds of work do not depend on what else the machine does.
    """
    child = os.fork()
    if not child:
        _judge(path, code, tests, work)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) != 0, used.ru_utime + used.ru_stime


def _judge(path: str, code: CodeType, tests: Sequence[str], work: int) -> None:
    """Run the tests in this process, and end it with what they say."""
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (work, work))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    sys.meta_path.insert(0, InPlaceOf(path, code))
    os._exit(pytest.main([*QUIETLY, *tests], plugins=[LawsLast()]))


def make_ready() -> None:
    """Import what is heavy, once; and let generated tests be the same for all mutants, without shrinking."""
    os.chdir(ROOT)
    for name in HEAVY:
        import_module(name)
    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate]
    )


def survivors_of(path: str, tests: Sequence[str], lines: range) -> None:
    """Print what no test notices in one file, and the count."""
    failed, seconds = try_out(path, compile((ROOT / path).read_text("utf-8"), path, "exec"), tests)
    if failed:
        sys.exit(f"{path}: the tests fail as it is")
    work = math.ceil(TIMES * seconds)
    began, count, survived = time.monotonic(), 0, 0
    for mutant in mutants_of(ROOT / path):
        if mutant.line in lines:
            count += 1
            if not try_out(path, mutant.code, tests, work)[0]:
                survived += 1
                print(f"{path}:{mutant}", flush=True)
    minutes = (time.monotonic() - began) / 60
    print(f"{path}: {count} mutants, {count - survived} noticed, {survived} survive; {minutes:.1f} min", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=list(TESTS), help="files to change (default: all that are listed)")
    parser.add_argument("--lines", default="1-9999", help="change these lines only, as in 20-60")
    asked = parser.parse_args()
    first, last = map(int, asked.lines.split("-"))
    make_ready()
    for path in asked.files:
        survivors_of(path, TESTS[path], range(first, last + 1))


if __name__ == "__main__":
    main()
