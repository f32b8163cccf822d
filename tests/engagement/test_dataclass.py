"""Our `@dataclass` makes what the standard one makes, only sooner."""

import copy
import dataclasses
import inspect
import pickle
import typing
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.dataclass import dataclass

MAKERS = {"ours": dataclass, "standard": dataclasses.dataclass}
CHOICES = [
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "eq": False},
    {"slots": True, "kw_only": True},
]


def shaped(maker, **choices):
    """Return a class of the same shape from either maker."""

    @maker(**choices)
    class Shaped:
        """All that our classes have."""

        name: str
        secret: str = field(repr=False)
        count: int = 0
        note: str = field(default="", compare=False)
        listed: list[int] = field(default_factory=list)

        def __post_init__(self):
            if self.name == "bad":
                raise ValueError(self.name)

    return Shaped


def parameters(made):
    """Return what `made` is called with; of a default only whether there is one."""
    listed = inspect.signature(made).parameters.values()
    return [(each.name, each.kind, each.annotation, each.default is each.empty) for each in listed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Stands at the top, so that a pickle finds it."""

    name: str
    listed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptToo(Kept):
    """Has a base, and is left to the standard library."""

    more: int = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    """Has no fields."""


values = st.fixed_dictionaries(
    {"name": st.sampled_from("ab"), "secret": st.sampled_from("ab")},
    optional={
        "count": st.integers(0, 2),
        "note": st.sampled_from("xy"),
        "listed": st.lists(st.integers(0, 1), max_size=2),
    },
)


@pytest.mark.parametrize("choices", CHOICES, ids=str)
@given(one=values, other=values)
def test_both_show_and_compare_alike(choices, one, other):
    told = []
    for maker in MAKERS.values():
        made = shaped(maker, **choices)
        first, second = made(**one), made(**other)
        same = (first == second, first == made(**one), first != second, first == 1)
        told.append((same, repr(first), dataclasses.asdict(first), repr(replace(first, count=7))))

    assert told[0] == told[1]


@given(one=values)
def test_hashes_are_those_of_the_values(one):
    hashed = []
    for maker in MAKERS.values():

        @maker(frozen=True, slots=True, kw_only=True)
        class Hashed:
            name: str
            secret: str
            count: int = 0

        given_values = {name: value for name, value in one.items() if name in ("name", "secret", "count")}
        hashed.append(hash(Hashed(**given_values)))

    assert hashed[0] == hashed[1]


@pytest.mark.parametrize(
    "choices", [{"hash": False}, {"hash": True, "compare": False}], ids=["only compared", "only hashed"]
)
def test_a_field_may_be_compared_or_hashed_alone(choices):
    hashed = []
    for maker in MAKERS.values():

        @maker(frozen=True, slots=True, kw_only=True)
        class Hashed:
            name: str
            other: int = field(**choices)

        hashed.append([hash(Hashed(name="a", other=other)) for other in (1, 2)])

    assert hashed[0] == hashed[1]


@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_both_say_the_same_of_themselves(choices):
    ours, standard = (shaped(maker, **choices) for maker in MAKERS.values())

    assert [(each.name, each.default) for each in fields(ours)] == [
        (each.name, each.default) for each in fields(standard)
    ]
    assert parameters(ours) == parameters(standard)
    assert typing.get_type_hints(ours.__init__) == typing.get_type_hints(standard.__init__)
    assert repr(ours.__dataclass_params__) == repr(standard.__dataclass_params__)
    for name in ("__slots__", "__match_args__", "__doc__", "__qualname__", "__module__"):
        assert getattr(ours, name) == getattr(standard, name)


@pytest.mark.parametrize(
    "wrong",
    [{}, {"name": "a"}, {"name": "bad", "secret": ""}, {"name": "", "secret": "", "age": 3}],
    ids=["nothing", "one missing", "refused afterwards", "one too many"],
)
@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_both_refuse_alike(choices, wrong):
    errors = []
    for maker in MAKERS.values():
        with pytest.raises((TypeError, ValueError)) as error:
            shaped(maker, **choices)(**wrong)
        errors.append(repr(error.value))

    assert errors[0] == errors[1]


def test_what_is_frozen_stays_as_it_is():
    made = shaped(dataclass, **CHOICES[0])(name="a", secret="s")

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        made.name = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del made.name
    with pytest.raises(AttributeError):
        made.unheard_of = 1


def test_each_gets_a_list_of_its_own():
    made = shaped(dataclass, **CHOICES[0])
    first, second = made(name="a", secret="s"), made(name="a", secret="s")

    first.listed.append(1)

    assert second.listed == []


@pytest.mark.parametrize(
    "kept", [Kept(name="a", listed=(1, 2)), KeptToo(name="b", more=1), Nothing()], ids=["plain", "derived", "empty"]
)
def test_copies_and_pickles_are_the_same_again(kept):
    assert copy.copy(kept) == copy.deepcopy(kept) == pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301 - our own
    assert hash(copy.copy(kept)) == hash(kept)
    assert kept.__getstate__() == [getattr(kept, each.name) for each in fields(kept)]


def test_what_holds_itself_is_shown_once():
    made = shaped(dataclass, **CHOICES[0])(name="a", secret="s")
    made.listed.append(made)

    assert repr(made).endswith("listed=[...])")


def test_a_method_that_is_written_is_left_alone():
    @dataclass(frozen=True, slots=True)
    class Written:
        name: str

        def __repr__(self):
            return "written"

    assert repr(Written("a")) == "written"
    assert Written("a") == Written("a")
