"""Plain JSON of any value of any union, and any JSON read as any union."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable
from typing import Any, NoReturn

from hypothesis import given, settings
from hypothesis import strategies as st
from json_cases import (
    CARD,
    CASH,
    CODE,
    COLOUR,
    DECIMAL,
    SPAN,
    classes_of,
    logical,
    same,
)

from avow.runtime.errors import DecodeError
from avow.runtime.parse import parse
from avow.runtime.plain_json import from_json, to_json
from avow.runtime.record import Duration
from avow.runtime.schema import branch_name
from avow.runtime.write import encode

# For the properties: each type with a strategy for its values, given the classes. Of NaNs there is one: JSON
# keeps neither the sign nor the payload.
DOUBLES = st.floats(allow_nan=False) | st.just(math.nan)
BRANCHES: list[tuple[Any, Callable[[Callable[[str], Any]], st.SearchStrategy[Any]]]] = [
    ("null", lambda _: st.none()),
    ("boolean", lambda _: st.booleans()),
    ("int", lambda _: st.integers(-(2**31), 2**31 - 1)),
    ("long", lambda _: st.integers(-(2**63), 2**63 - 1)),
    ("float", lambda _: st.floats(width=32, allow_nan=False) | st.just(math.nan)),
    ("double", lambda _: DOUBLES),
    ("bytes", lambda _: st.binary()),
    ("string", lambda _: st.text(st.characters(exclude_categories=["Cs"]))),
    (CODE, lambda _: st.binary(min_size=2, max_size=2)),
    (COLOUR, lambda classes: st.sampled_from(list(classes("shop.Colour")))),
    (CARD, lambda classes: st.builds(classes("shop.Card"), st.text("ab"))),
    (CASH, lambda classes: st.builds(classes("shop.Cash"), st.text("ab"))),
    ({"type": "array", "items": ["int", "double"]}, lambda _: st.lists(st.integers(0, 9) | DOUBLES)),
    (
        {"type": "map", "values": ["null", "string"]},
        lambda _: st.dictionaries(st.sampled_from(["$type", "map", "string", "x"]), st.none() | st.text("a")),
    ),
    (DECIMAL, lambda _: st.decimals(-9999, 9999, places=2)),
    (logical("bytes", "big-decimal"), lambda _: st.decimals(allow_nan=False, allow_infinity=False, places=3)),
    (
        {**CODE, "name": "shop.Money", "size": 4, "logicalType": "decimal", "precision": 6, "scale": 2},
        lambda _: st.decimals(-9999, 9999, places=2),
    ),
    (logical("string", "uuid"), lambda _: st.uuids()),
    ({**CODE, "name": "shop.Id", "size": 16, "logicalType": "uuid"}, lambda _: st.uuids()),
    (logical("int", "date"), lambda _: st.dates()),
    (logical("int", "time-millis"), lambda _: st.times()),
    (logical("long", "time-micros"), lambda _: st.times()),
    (logical("long", "timestamp-millis"), lambda _: st.datetimes(timezones=st.just(dt.UTC))),
    (logical("long", "timestamp-micros"), lambda _: st.datetimes(timezones=st.just(dt.UTC))),
    (logical("long", "timestamp-nanos"), lambda _: st.integers(-(2**63), 2**63 - 1)),
    (logical("long", "local-timestamp-millis"), lambda _: st.datetimes()),
    (logical("long", "local-timestamp-micros"), lambda _: st.datetimes()),
    (logical("long", "local-timestamp-nanos"), lambda _: st.integers(-(2**63), 2**63 - 1)),
    (SPAN, lambda _: st.builds(Duration, *[st.integers(0, 2**32 - 1)] * 3)),
]


def refuse(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is not JSON")


NAMES = [branch_name(parse(schema)) for schema, _ in BRANCHES]
UNIONS = st.lists(st.sampled_from(range(len(BRANCHES))), min_size=1, max_size=4, unique_by=lambda at: NAMES[at])


@settings(deadline=None, max_examples=1500)
@given(st.data())
def test_a_value_of_any_union_round_trips(data: st.DataObject) -> None:
    union = data.draw(UNIONS)
    type_ = parse([BRANCHES[index][0] for index in union])
    classes = classes_of(type_)
    value = data.draw(BRANCHES[data.draw(st.sampled_from(union))][1](classes))
    text = to_json(type_, value, "union", classes)
    json.loads(text, parse_constant=refuse)
    found = from_json(type_, text, "union", classes)
    assert same(found, value)
    assert encode(type_, found, "union", classes) == encode(type_, value, "union", classes)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["shop.Card", "RED", "NaN", "/wA=", "2024-05-17", "1.5", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["$type", "number", "int", "string", "map", "months", "days", "millis"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=1500)
@given(st.data())
def test_any_json_reads_as_a_value_that_encodes_or_is_refused(data: st.DataObject) -> None:
    type_ = parse([BRANCHES[index][0] for index in data.draw(UNIONS)])
    classes = classes_of(type_)
    text = json.dumps(data.draw(JSON))
    try:
        value = from_json(type_, text, "union", classes)
    except DecodeError:
        return
    encode(type_, value, "union", classes)
    assert same(from_json(type_, to_json(type_, value, "union", classes), "union", classes), value)
