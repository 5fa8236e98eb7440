"""What differs between two values: a table of cases, and a property against putting the changes back in."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from random import Random
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace
from tests.support.schemas import Drawn, Options, drawn
from tests.support.values import random_value

from avow.runtime.difference import Change, difference
from avow.runtime.record import Record


class Town(Record, frozen=True):
    __avro__: ClassVar[str] = "Town"
    name: str
    code: str | None = None


class Village(Record, frozen=True):
    __avro__: ClassVar[str] = "Village"
    name: str


class House(Record, frozen=True):
    __avro__: ClassVar[str] = "House"
    town: Town | Village | None = None
    rooms: list[Any] = msgspec.field(default_factory=list)
    limits: dict[str, Any] = msgspec.field(default_factory=dict)
    size: bool | int | float = 1


YORK = Town(name="York", code="YO1")
NAN = float("nan")
CASES: dict[str, tuple[House, House, list[Change]]] = {
    "nothing": (House(town=YORK, rooms=[1]), House(town=replace(YORK), rooms=[1]), []),
    "a value": (House(size=1), House(size=2), [Change("size", 1, 2)]),
    "inside of a record": (
        House(town=YORK),
        House(town=Town(name="York", code=None)),
        [Change("town.code", "YO1", None)],
    ),
    "a record that comes": (House(), House(town=YORK), [Change("town", None, YORK)]),
    "a record of another class": (
        House(town=YORK),
        House(town=Village(name="York")),
        [Change("town", YORK, Village(name="York"))],
    ),
    "keys of a map": (
        House(limits={"a": 1, "b": 2, "c": 3}),
        House(limits={"c": 3, "b": 4, "d'": 5}),
        [Change("limits['a']", 1, UNSET), Change("limits['b']", 2, 4), Change('limits["d\'"]', UNSET, 5)],
    ),
    "a record in a map": (
        House(limits={"a": YORK}),
        House(limits={"a": replace(YORK, name="Leeds")}),
        [Change("limits['a'].name", "York", "Leeds")],
    ),
    "a list is one value": (House(rooms=[YORK, 1]), House(rooms=[YORK]), [Change("rooms", [YORK, 1], [YORK])]),
    "the order of a list": (House(rooms=[1, 2]), House(rooms=[2, 1]), [Change("rooms", [1, 2], [2, 1])]),
    "the order of a map is none": (House(limits={"a": 1, "b": 2}), House(limits={"b": 2, "a": 1}), []),
    "another branch with an equal value": (House(size=True), House(size=1), [Change("size", True, 1)]),
    "another branch in a list": (House(rooms=[[True]]), House(rooms=[[1]]), [Change("rooms", [[True]], [[1]])]),
    "NaN": (House(size=NAN, rooms=[{"a": NAN}]), House(size=float("nan"), rooms=[{"a": float("nan")}]), []),
    "several": (
        House(town=YORK, size=1),
        House(town=Town(name="Leeds", code="LS1"), size=2),
        [Change("town.name", "York", "Leeds"), Change("town.code", "YO1", "LS1"), Change("size", 1, 2)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_differs(case: str) -> None:
    before, after, changes = CASES[case]
    assert difference(before, after) == changes


def test_values_of_two_classes_have_nothing_to_compare() -> None:
    with pytest.raises(TypeError) as caught:
        difference(YORK, Village(name="York"))  # type: ignore[type-var]
    assert str(caught.value) == "Town and Village have no fields in common"


@settings(deadline=None, max_examples=200)
@given(found=drawn(Options(records_only=True)), seed=st.integers())
def test_the_changes_make_the_one_value_of_the_other(found: Drawn, seed: int) -> None:
    before, after = found.value, random_value(found.type, Random(seed), found.classes)
    changes = difference(before, after)
    assert difference(before, before) == []
    for change in changes:
        before = changed(before, steps(change.path), change.before, change.after)
    assert difference(before, after) == []
    assert plain(before) == plain(after)
    assert len({change.path for change in changes}) == len(changes)


def plain(value: Any) -> Any:
    """A value as text that does not depend on the order of its maps, nor on how equal numbers are written."""
    if isinstance(value, Record):
        return type(value).__name__, [plain(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    is_number = isinstance(value, (float, Decimal)) and value == value
    return repr(normal(value) if is_number else value)


def normal(value: float | Decimal) -> float | Decimal:
    """-0.0 and 0.0 are equal, and so are Decimals that differ in their exponents alone, those of zero included."""
    return type(value)(0) if value == 0 else value.normalize() if isinstance(value, Decimal) else value


def steps(path: str) -> list[Any]:
    """The attributes and the keys of a path; keys are lists of one."""
    found = re.findall(r"""([A-Za-z_]\w*)|\[('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]""", path)
    return [name or [ast.literal_eval(key)] for name, key in found]


def changed(value: Any, path: list[Any], old: Any, new: Any) -> Any:
    """The value with another in one place, where the old one has to be."""
    if not path:
        assert repr(value) == repr(old)
        return new
    first, rest = path[0], path[1:]
    if isinstance(first, str):
        return replace(value, **{first: changed(getattr(value, first), rest, old, new)})
    [key] = first
    found = {**value, key: changed(value.get(key, UNSET), rest, old, new)}
    return {name: each for name, each in found.items() if each is not UNSET}
