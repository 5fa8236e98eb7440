"""Plain JSON: how each type is written, that it reads back, and what is not written."""

from __future__ import annotations

import datetime as dt
import enum
import math
import sys
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest
from json_cases import (
    AWARE,
    CARD,
    CASH,
    CODE,
    COLOUR,
    DECIMAL,
    LINE,
    LOCAL,
    NODE,
    ORDER,
    SOME,
    SPAN,
    classes_of,
    logical,
    read,
    same,
    write,
)

from avow.runtime.errors import DecodeError, EncodeError
from avow.runtime.parse import parse
from avow.runtime.plain_json import dumper, from_json, loader, to_json
from avow.runtime.record import Duration


class Text(str):
    def __str__(self) -> str:
        return "otherwise"


class Level(enum.IntEnum):
    HIGH = 3


class Ratio(float):
    def __repr__(self) -> str:
        return "otherwise"


class Day(dt.date):
    def isoformat(self) -> str:
        return "otherwise"


class Moment(dt.datetime):
    def isoformat(self, *args: Any, **kwargs: Any) -> str:
        return "otherwise"


WRITTEN: dict[str, tuple[Any, Any, str]] = {
    "null": ("null", None, "null"),
    "boolean": ("boolean", True, "true"),
    "int": ("int", -5, "-5"),
    "long": ("long", 2**63 - 1, "9223372036854775807"),
    "float": ("float", 0.1, "0.1"),
    "double": ("double", 1e300, "1e300"),
    "whole double": ("double", 3.0, "3.0"),
    "int for double": ("double", 3, "3.0"),
    "negative zero": ("double", -0.0, "-0.0"),
    "nan": ("double", math.nan, '"NaN"'),
    "infinity": ("float", math.inf, '"Infinity"'),
    "negative infinity": ("float", -math.inf, '"-Infinity"'),
    "string": ("string", 'a "ü"\n\u2028', '"a \\"ü\\"\\n\u2028"'),
    "bytes": ("bytes", b"\xff\x00", '"/wA="'),
    "fixed": (CODE, b"\xff\x00", '"/wA="'),
    "enum": (COLOUR, lambda classes: classes("shop.Colour")("RED"), '"RED"'),
    "decimal": (DECIMAL, Decimal("1E+2"), '"100.00"'),
    "decimal zero": (logical("bytes", "decimal", precision=9, scale=8), Decimal(0), '"0.00000000"'),
    "decimal of great scale": (
        logical("bytes", "decimal", precision=99, scale=99),
        Decimal("1E-99"),
        '"1E-99"',
    ),
    "big-decimal": (logical("bytes", "big-decimal"), Decimal("1E+2"), '"1E+2"'),
    "uuid": (logical("string", "uuid"), SOME, f'"{SOME}"'),
    "uuid on fixed": ({**CODE, "size": 16, "logicalType": "uuid"}, SOME, f'"{SOME}"'),
    "date": (logical("int", "date"), dt.date(1, 2, 3), '"0001-02-03"'),
    "time": (logical("int", "time-millis"), dt.time(9, 30, 0, 123456), '"09:30:00.123456"'),
    "timestamp": (logical("long", "timestamp-millis"), AWARE, '"2024-05-17T09:30:00Z"'),
    "timestamp finer than the wire": (
        logical("long", "timestamp-millis"),
        AWARE.replace(microsecond=123456),
        '"2024-05-17T09:30:00.123456Z"',
    ),
    "timestamp elsewhere": (
        logical("long", "timestamp-micros"),
        dt.datetime(2024, 5, 17, 1, 0, tzinfo=dt.timezone(dt.timedelta(hours=2))),
        '"2024-05-16T23:00:00Z"',
    ),
    "local timestamp": (logical("long", "local-timestamp-micros"), LOCAL, '"2024-05-17T09:30:00"'),
    "nanos": (logical("long", "timestamp-nanos"), 17, "17"),
    "duration": (SPAN, Duration(1, 2, 3), '{"months":1,"days":2,"millis":3}'),
    "array": ({"type": "array", "items": "int"}, [1, 2], "[1,2]"),
    "map": ({"type": "map", "values": "int"}, {"b": 1, "a": 2}, '{"b":1,"a":2}'),
    "record": (
        LINE,
        lambda classes: classes("shop.Line")(Decimal("1.5"), classes("shop.Colour")("RED")),
        '{"amount":"1.50","class":"RED"}',
    ),
    "plain union": (["null", "string", "int"], "a", '"a"'),
    "null of a union": (["null", "int", "long"], None, "null"),
    "numbers coincide": (["null", "int", "long"], 5, '{"int":5}'),
    "a double is also a string": (["string", "double"], 5.0, '{"double":5.0}'),
    "a boolean has a shape of its own": (["int", "long", "boolean"], True, "true"),
    "nanos and int coincide": ([logical("long", "timestamp-nanos"), "int"], 2**40, '{"long":1099511627776}'),
    "enum among strings": (
        ["string", COLOUR],
        lambda classes: classes("shop.Colour")("RED"),
        '{"shop.Colour":"RED"}',
    ),
    "one record": (["null", CARD], lambda classes: classes("shop.Card")("1"), '{"number":"1"}'),
    "one record beside a string": (
        [CARD, "string"],
        lambda classes: classes("shop.Card")("1"),
        '{"number":"1"}',
    ),
    "two records": (
        [CARD, CASH],
        lambda classes: classes("shop.Cash")("1"),
        '{"$type":"shop.Cash","number":"1"}',
    ),
    "record beside a map": (
        [CARD, {"type": "map", "values": "string"}],
        lambda classes: classes("shop.Card")("1"),
        '{"$type":"shop.Card","number":"1"}',
    ),
    "map beside a record": (
        [CARD, {"type": "map", "values": "string"}],
        {"$type": "shop.Card"},
        '{"map":{"$type":"shop.Card"}}',
    ),
    "record where strings are wrapped": (
        [CARD, "string", "bytes"],
        lambda classes: classes("shop.Card")("1"),
        '{"$type":"shop.Card","number":"1"}',
    ),
    "map where strings are wrapped": (
        [{"type": "map", "values": "int"}, "string", "bytes"],
        {"string": 1},
        '{"map":{"string":1}}',
    ),
    "duration where strings are wrapped": (
        [SPAN, "string", "bytes"],
        Duration(1, 2, 3),
        '{"shop.Span":{"months":1,"days":2,"millis":3}}',
    ),
    "array where strings are wrapped": ([{"type": "array", "items": "int"}, "string", "bytes"], [1], "[1]"),
    "first branch that decodes back equal": (["float", "double"], 0.1, '{"double":0.1}'),
}


@pytest.mark.parametrize(("schema", "make", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_written_and_reads_back(schema: Any, make: Any, text: str) -> None:
    type_ = parse(schema)
    classes = classes_of(type_)
    value = make(classes) if callable(make) else make
    assert to_json(type_, value, "x", classes) == text
    for spelling in (text, text.encode()):
        found = from_json(type_, spelling, "x", classes)
        assert same(found, float(value) if schema == "double" else value)


SUBCLASSES: dict[str, tuple[Any, Any, str]] = {
    "str": ("string", Text("a"), '"a"'),
    "str in a union": (["null", "string"], Text("a"), '"a"'),
    "key": ({"type": "map", "values": "int"}, {Text("a"): 1}, '{"a":1}'),
    "int": ("int", Level.HIGH, "3"),
    "int in a union": (["int", "double"], Level.HIGH, '{"int":3}'),
    "float": ("double", Ratio(0.5), "0.5"),
    "date": (logical("int", "date"), Day(2024, 5, 17), '"2024-05-17"'),
    "datetime": (
        logical("long", "timestamp-micros"),
        Moment(2024, 5, 17, tzinfo=dt.UTC),
        '"2024-05-17T00:00:00Z"',
    ),
    "dict": ({"type": "map", "values": "int"}, type("Own", (dict,), {})(a=1), '{"a":1}'),
    "count": (SPAN, Duration(Level.HIGH, True, 0), '{"months":3,"days":1,"millis":0}'),
}


@pytest.mark.parametrize(("schema", "value", "text"), SUBCLASSES.values(), ids=SUBCLASSES)
def test_a_subclass_is_written_as_its_base(schema: Any, value: Any, text: str) -> None:
    assert write(schema, value) == text


READ: dict[str, tuple[Any, str, Any]] = {
    "whole number for a double": ("double", "1", 1.0),
    "long whole number for a double": ("double", "1" + "0" * 300, 1e300),
    "timestamp in another zone": (
        logical("long", "timestamp-micros"),
        '"2024-05-17T11:30:00+02:00"',
        AWARE,
    ),
    "timestamp with a blank and no seconds": (
        logical("long", "timestamp-micros"),
        '"2024-05-17 09:30Z"',
        AWARE,
    ),
    "uuid in capitals": (logical("string", "uuid"), f'"{str(SOME).upper()}"', SOME),
    "decimal with an exponent": (DECIMAL, '"1e2"', Decimal(100)),
    "blanks around": ("int", " 5\n", 5),
    "one record under its fields alone": (["null", NODE], '{"next": {"next": null}}', None),
}


@pytest.mark.parametrize(("schema", "text", "value"), READ.values(), ids=READ)
def test_other_spellings_are_read(schema: Any, text: str, value: Any) -> None:
    found = read(schema, text)
    if value is None:
        assert found.next_.next_ is None
    else:
        assert same(found, value)


def test_missing_fields_take_their_defaults_and_share_nothing() -> None:
    first, second = (read(ORDER, '{"lines": [{"amount": "1"}]}') for _ in range(2))
    assert (first.paid_, first.notes_, first.lines_[0].class_.value) == (None, {}, "GREEN")
    assert first.notes_ is not second.notes_


def test_a_record_with_type_may_have_it_anywhere() -> None:
    found = read(ORDER, '{"lines": [], "paid": {"number": "7", "$type": "shop.Cash"}}')
    assert (type(found.paid_).__name__, found.paid_.number_) == ("Cash", "7")


def test_a_kept_dumper_chooses_anew_for_each_value() -> None:
    type_ = parse(["int", "long", "null", "string"])
    dump, load = dumper(type_, classes_of(type_)), loader(type_, classes_of(type_))
    values = [5, 2**40, None, "a", 6, "b", None]
    texts = ['{"int":5}', '{"long":1099511627776}', "null", '"a"', '{"int":6}', '"b"', "null"]
    assert [dump(value, "x") for value in values] == texts
    assert [load(text, "x") for text in texts] == values


UNWRITTEN: dict[str, tuple[Any, Any, str]] = {
    "class": ("string", 5, "string: expected str, got int 5"),
    "boolean for int": ("int", True, "int: expected int, got True"),
    "range": (
        {"type": "array", "items": "int"},
        [1, 2**31],
        "array[1]: int 2147483648 does not fit int (-2147483648 to 2147483647)",
    ),
    "float's range": ("float", 1e39, "float: float 1e+39 does not fit float"),
    "size": (CODE, b"1", "shop.Code: shop.Code has 2 bytes, got 1"),
    "digits": (DECIMAL, Decimal("1.234"), "bytes: 1.234 has more than 2 digits after the point"),
    "zone": (
        logical("long", "timestamp-millis"),
        LOCAL,
        "long: 2024-05-17 09:30:00 has no time zone; a timestamp needs one",
    ),
    "year": (
        logical("long", "timestamp-millis"),
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        "long: 0001-01-01 00:00:00+01:00 lies outside the years 1 to 9999 in UTC",
    ),
    "surrogate": (
        "string",
        "\ud800",
        "string: character 0 is half of a surrogate pair, which UTF-8 cannot hold",
    ),
    "symbol": (COLOUR, "RED", "shop.Colour: expected Colour, got str 'RED'"),
    "key": ({"type": "map", "values": "int"}, {1: 1}, "map['1']: a map's key is int 1, not str"),
    "record": (CARD, lambda classes: {"number": "1"}, "shop.Card: expected Card, got dict {'number': '1'}"),
    "field": (
        ORDER,
        lambda classes: classes("shop.Order")([], classes("shop.Card")(5), {}),
        "shop.Order.paid.number: expected str, got int 5",
    ),
    "branch": (["null", "string"], 5, "union: int 5 fits no branch of the union (null, string)"),
    "float of a union": (
        ["null", "float"],
        1e39,
        "union: float 1e+39 fits no branch of the union (null, float): float 1e+39 does not fit float",
    ),
}


@pytest.mark.parametrize(("schema", "make", "message"), UNWRITTEN.values(), ids=UNWRITTEN)
def test_what_the_encoder_refuses_is_not_written(schema: Any, make: Any, message: str) -> None:
    with pytest.raises(EncodeError) as caught:
        write(schema, make)
    assert str(caught.value) == message


def chain(class_: Any, length: int) -> Any:
    node = None
    for _ in range(length):
        node = class_(node)
    return node


def test_128_records_may_be_nested_and_no_more() -> None:
    type_ = parse(NODE)
    classes = classes_of(type_)
    longest = chain(classes("shop.Node"), 128)
    text = to_json(type_, longest, "shop.Node", classes)
    assert from_json(type_, text, "shop.Node", classes) == longest
    path = ".".join(["next"] * 12) + "…." + ".".join(["next"] * 12)
    message = f"shop.Node.{path}: records are nested deeper than 128"
    with pytest.raises(EncodeError) as refused:
        to_json(type_, chain(classes("shop.Node"), 129), "shop.Node", classes)
    assert str(refused.value) == message
    with pytest.raises(DecodeError) as caught:
        from_json(type_, f'{{"next":{text}}}', "shop.Node", classes)
    assert str(caught.value) == message


def test_a_short_stack_ends_in_the_documented_error() -> None:
    type_ = parse(NODE)
    classes = classes_of(type_)
    value = chain(classes("shop.Node"), 128)
    text = to_json(type_, value, "shop.Node", classes)

    def deeper(levels: int) -> str:
        if levels:
            return deeper(levels - 1)
        found = []
        for work in (
            lambda: to_json(type_, value, "x", classes),
            lambda: from_json(type_, text, "x", classes),
        ):
            with pytest.raises((EncodeError, DecodeError)) as caught:
                work()
            found.append(str(caught.value))
        return " | ".join(found)

    reason = "x: the value is nested too deeply for the stack that is left"
    depth = len(_frames())
    assert deeper(sys.getrecursionlimit() - depth - 150) == f"{reason} | {reason}"


def _frames() -> list[Any]:
    frame: FrameType | None = sys._getframe()
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found
