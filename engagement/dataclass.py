"""`@dataclass`, the standard one's twin: what is frozen and has slots is made in a quarter of the time.

For each such class the standard library (up to Python 3.12) writes and compiles six functions. A poll makes 150 of our
classes when it starts, and the bot twice as many: that was a fifth of either's start. Here only `__init__` is
compiled; the other five say the same for every class, and look at its fields. What is not frozen, or not plain enough,
is left to the standard library, and so is all that reads a dataclass: `replace`, `fields`, pickles, type checkers. Of
what it knows only `InitVar` is missing here.
"""

import dataclasses
from collections.abc import Callable, Hashable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True
    ) -> Callable[[type], type]:
        """Return what makes a class a dataclass, as `dataclasses.dataclass` with these choices does."""

        def make(cls: type) -> type:
            if frozen and slots and eq and _is_plain(cls):
                return _frozen(cls, kw_only=kw_only)
            return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, eq=eq)(cls)

        return make


# A class that has one of these by itself is none of ours to make.
WRITTEN: Final = frozenset(
    ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")
)


def _is_plain(cls: type) -> bool:
    """Return whether a class has no base, nothing written that we would write, and all fields in `__init__`.

    A field that is compared and not hashed, or the other way, is not plain either.
    """
    listed = [value for value in vars(cls).values() if isinstance(value, Field)]
    all_usual = all(field.init and field.hash is None for field in listed)
    return cls.__bases__ == (object,) and all_usual and WRITTEN.isdisjoint(vars(cls))


def _frozen(cls: type, *, kw_only: bool) -> type:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    for choice in ("init", "repr", "eq", "frozen"):
        setattr(made.__dataclass_params__, choice, True)
    made.__init__ = _init_of(made, fields(made))
    made.__eq__, made.__hash__ = _comparison([field.name for field in fields(made) if field.compare])
    made.__repr__ = _shown
    made.__setattr__, made.__delattr__ = _not_set, _not_deleted
    made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]


def _init_of(made: type, listed: Sequence["Field[Any]"]) -> Callable[..., None]:
    """Return `__init__`: it puts each value straight into its slot, past `__setattr__`."""
    named: dict[str, Any] = {"_missing": MISSING}
    by_place, by_name, lines = ["self"], ["*"], []
    for field in listed:
        name = field.name
        named[f"_set_{name}"] = getattr(made, name).__set__
        parameter, value = name, name
        if field.default is not MISSING:
            named[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            named[f"_new_{name}"] = field.default_factory
            parameter, value = f"{name}=_missing", f"_new_{name}() if {name} is _missing else {name}"
        (by_name if field.kw_only else by_place).append(parameter)
        lines.append(f"_set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join(by_place + by_name if len(by_name) > 1 else by_place)
    # S102: the names are those of our own fields.
    exec(f"def __init__({parameters}):\n " + "\n ".join(lines or ["pass"]), named)  # noqa: S102
    init = named.pop("__init__")
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {field.name: field.type for field in listed} | {"return": None}
    return init  # type: ignore[no-any-return]


def _comparison(names: Sequence[str]) -> tuple[Callable[..., object], Callable[..., int]]:
    """Return `__eq__` and `__hash__` of what stands in the fields `names`."""
    values = _values_of(names)

    def equal(self: object, other: object) -> object:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return equal, hashed


def _values_of(names: Sequence[str]) -> Callable[[object], Hashable]:
    # Of a single name, or none, an attrgetter makes no tuple.
    return attrgetter(*names) if len(names) > 1 else lambda self: tuple(getattr(self, name) for name in names)


@recursive_repr()
def _shown(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _not_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _not_deleted(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: Sequence[object]) -> None:
    for field, value in zip(fields(self), state, strict=False):
        object.__setattr__(self, field.name, value)
