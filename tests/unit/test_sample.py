"""Examples: valid, readable, the same each time, and always ending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avow.runtime.errors import EncodeError
from avow.runtime.parse import parse
from avow.runtime.plain_json import from_json, to_json
from avow.runtime.record import Duration, Record, Symbol
from avow.runtime.sample import sample
from avow.runtime.schema import Enum, Type, named_types
from avow.runtime.schema import Record as RecordType
from avow.runtime.write import encode

MOMENT = dt.datetime(2024, 5, 17, 9, 30, tzinfo=dt.UTC)


def classes_of(type_: Type) -> Callable[[str], Any]:
    found: dict[str, Any] = {}
    for name, node in named_types(type_).items():
        short = name.rpartition(".")[2]
        if isinstance(node, RecordType):
            fields = [(field.name, Any) for field in node.fields]
            found[name] = msgspec.defstruct(short, fields, bases=(Record,), frozen=True)
        elif isinstance(node, Enum):
            found[name] = cast(Any, Symbol)(short, {symbol: symbol for symbol in node.symbols})
    return found.__getitem__


def example(schema: Any) -> Any:
    """Return an example as plain Python, after holding it against the encoder, JSON and a second one."""
    type_ = parse(schema)
    classes = classes_of(type_)
    value = sample(type_, classes)
    encode(type_, value, "x", classes)
    assert sample(type_, classes) == value
    assert from_json(type_, to_json(type_, value, "x", classes), "x", classes) == value
    return plain(value)


def plain(value: Any) -> Any:
    if isinstance(value, Record):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Symbol):
        return value.value
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def record(full_name: str, /, **fields: Any) -> dict[str, Any]:
    """A record; a field is a type, or an object with a type and a default."""
    rows = [
        {"name": key, **(value if isinstance(value, dict) and "default" in value else {"type": value})}
        for key, value in fields.items()
    ]
    return {"type": "record", "name": full_name, "fields": rows}


def logical(base: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": base, "logicalType": name, **more}


def decimal(precision: int, scale: int) -> dict[str, Any]:
    return logical("bytes", "decimal", precision=precision, scale=scale)


def array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def map_(values: Any) -> dict[str, Any]:
    return {"type": "map", "values": values}


COLOUR = {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}
FIELDS: dict[str, tuple[Any, Any]] = {
    "null": ("null", None),
    "boolean": ("boolean", True),
    "int": ("int", 1),
    "long": ("long", 1),
    "float": ("float", 1.5),
    "double": ("double", 1.5),
    "string": ("string", "postcode"),
    "bytes": ("bytes", b"postcode"),
    "fixed": ({"type": "fixed", "name": "Code", "size": 10}, b"postcodepo"),
    "fixed of no size": ({"type": "fixed", "name": "Code", "size": 0}, b""),
    "enum": (COLOUR, "RED"),
    "array": (array("string"), ["postcode"]),
    "map": (map_("int"), {"key": 1}),
    "union": (["null", "string", "int"], "postcode"),
    "null alone": (["null"], None),
    "decimal": (decimal(9, 2), Decimal("12.34")),
    "decimal without scale": (decimal(9, 0), Decimal(12)),
    "decimal of one digit": (decimal(1, 0), Decimal(1)),
    "decimal of fractions": (decimal(3, 3), Decimal("0.123")),
    "decimal of great scale": (decimal(10**9, 10**6), Decimal("123456789012345678E-1000000")),
    "big-decimal": (logical("bytes", "big-decimal"), Decimal("12.34")),
    "uuid": (logical("string", "uuid"), UUID("e05281df-44c3-59d0-b79b-82f0ef89eab3")),
    "date": (logical("int", "date"), MOMENT.date()),
    "time": (logical("int", "time-millis"), dt.time(9, 30)),
    "timestamp": (logical("long", "timestamp-micros"), MOMENT),
    "local timestamp": (logical("long", "local-timestamp-millis"), MOMENT.replace(tzinfo=None)),
    "nanos": (logical("long", "timestamp-nanos"), 1715938200 * 10**9),
    "duration": (
        {"type": "fixed", "name": "Span", "size": 12, "logicalType": "duration"},
        Duration(1, 2, 3000),
    ),
    "default": ({"type": "string", "default": "EC1A 1BB"}, "EC1A 1BB"),
    "default of false": ({"type": "boolean", "default": False}, False),
    "default of zero": ({"type": "int", "default": 0}, 0),
    "empty default": ({"type": "string", "default": ""}, "postcode"),
    "null default": ({"type": ["null", "string"], "default": None}, "postcode"),
    "default of an enum": ({"type": COLOUR, "default": "GREEN"}, "GREEN"),
}


@pytest.mark.parametrize(("type_", "value"), FIELDS.values(), ids=FIELDS)
def test_the_example_of_a_field(type_: Any, value: Any) -> None:
    assert example(record("shop.Address", postcode=type_)) == {"postcode": value}


def test_a_decimal_has_the_digits_of_its_scale() -> None:
    assert str(sample(parse(decimal(9, 4)), classes_of(parse("int")))) == "12.3456"


def test_a_type_of_its_own_is_called_by_its_name() -> None:
    assert (example("string"), example({"type": "fixed", "name": "shop.Code", "size": 4})) == (
        "string",
        b"Code",
    )


ENDING: dict[str, tuple[Any, Any]] = {
    "null": (record("Node", next=["null", "Node"]), {"next": None}),
    "array": (record("Tree", name="string", parts=array("Tree")), {"name": "name", "parts": []}),
    "map": (record("Tree", parts=map_("Tree")), {"parts": {}}),
    "another branch": (record("Node", next=["null", "Node", "string"]), {"next": "next"}),
    "a branch that ends": (
        record("Node", next=["Node", record("Leaf", back=["Node", "null"])]),
        {"next": {"back": None}},
    ),
    "the nearest end, over a longer way": (
        record("Node", next=["Node", record("Far", to=record("Near", on=["Node", array("Node")]))]),
        {"next": {"to": {"on": []}}},
    ),
    "two records of each other": (
        record("Person", home=["null", record("House", owner="Person")]),
        {"home": None},
    ),
    "a recursive type seen from outside": (
        record("Root", tree=["null", record("Tree", parts=array("Tree"))]),
        {"tree": {"parts": []}},
    ),
    "an array of what never ends": (
        record("Root", parts=array(record("Loop", loop="Loop"))),
        {"parts": []},
    ),
    "a branch that never ends": (
        record("Root", part=[record("Loop", loop="Loop"), "int"]),
        {"part": 1},
    ),
    "an enum without symbols": (
        record("Root", part=["null", {"type": "enum", "name": "Empty", "symbols": []}]),
        {"part": None},
    ),
}


@pytest.mark.parametrize(("schema", "value"), ENDING.values(), ids=ENDING)
def test_an_example_of_a_recursive_type_ends(schema: Any, value: Any) -> None:
    assert example(schema) == value


NEVER: dict[str, tuple[Any, str]] = {
    "itself": (
        record("shop.Loop", id="int", loop="Loop"),
        "shop.Loop.loop: shop.Loop contains itself with no way out, so no value of it ends",
    ),
    "each other": (
        record("shop.A", b=record("B", c=["A", record("C", a="A")])),
        "shop.A.b.c: shop.A contains itself with no way out, so no value of it ends",
    ),
    "inside": (
        record("shop.Root", part=record("Loop", loop="Loop")),
        "shop.Root.part.loop: shop.Loop contains itself with no way out, so no value of it ends",
    ),
    "no symbols": (
        record("shop.Root", part={"type": "enum", "name": "Empty", "symbols": []}),
        "shop.Root.part: shop.Empty has no symbols, so it has no value",
    ),
    "no branches": (
        record("shop.Root", part=[]),
        "shop.Root.part: the union has no branches, so it has no value",
    ),
}


@pytest.mark.parametrize(("schema", "message"), NEVER.values(), ids=NEVER)
def test_a_type_without_a_value_is_refused(schema: Any, message: str) -> None:
    type_ = parse(schema)
    with pytest.raises(EncodeError) as caught:
        sample(type_, classes_of(type_))
    assert str(caught.value) == message


def ladder(rungs: int, step: Callable[[str], Any], width: int = 1) -> Type:
    """Return the first of records of which each has fields of the next one, the last a string."""
    last = record(f"R{rungs - 1}", name="string")
    others = [record(f"R{at}", **{f"f{i}": step(f"R{at + 1}") for i in range(width)}) for at in range(rungs - 1)]
    return parse([last, *reversed(others)]).branches[-1]  # type: ignore[union-attr]


def height(value: Any) -> int:
    return 1 + height(value.f0) if hasattr(value, "f0") else int(isinstance(value, Record))


def test_a_graph_of_exponential_size_is_sampled_in_its_own_size() -> None:
    type_ = ladder(60, lambda name: name, width=2)
    value = sample(type_, classes_of(type_))
    assert height(value) == 60
    assert value.f0 is value.f1


@pytest.mark.parametrize("rungs", [1, 98])
def test_optional_records_nest_as_deep_as_types_may(rungs: int) -> None:
    type_ = ladder(rungs, lambda name: ["null", name])
    assert height(sample(type_, classes_of(type_))) == rungs


@pytest.mark.parametrize("rungs", [129, 199])
def test_records_that_must_nest_too_deeply_are_refused(rungs: int) -> None:
    type_ = ladder(rungs, lambda name: name)
    with pytest.raises(EncodeError) as caught:
        sample(type_, classes_of(type_))
    assert str(caught.value) == "R0: every value nests records deeper than 128"


NAMES = ["A", "B", "C", "D"]
LEAVES = ["null", "boolean", "long", "float", "string", decimal(4, 2), logical("int", "date")]


def branch_key(branch: Any) -> str:
    return str(branch["type"] if isinstance(branch, dict) else branch)


@st.composite
def graphs(draw: st.DrawFn) -> Type:
    """Draw four records that refer to each other in any way."""
    named = st.sampled_from(NAMES)
    leaf = named | st.sampled_from(LEAVES)
    branches = st.lists(leaf, min_size=1, max_size=3, unique_by=branch_key)
    part = leaf | branches | leaf.map(array) | leaf.map(map_) | branches.map(array)
    return parse([record(name, **{f"f{i}": draw(part) for i in range(draw(st.integers(0, 3)))}) for name in NAMES])


@settings(deadline=None, max_examples=600)
@given(graphs())
def test_any_graph_has_a_valid_example_or_none_at_all(root: Type) -> None:
    classes = classes_of(root)
    for type_ in root.branches:  # type: ignore[union-attr]
        try:
            value = sample(type_, classes)
        except EncodeError as error:
            assert "with no way out" in error.reason
            continue
        encode(type_, value, "x", classes)
