"""Whose code a change of a schema touches."""

from __future__ import annotations

from typing import Any

import pytest

from avow.changes import changes
from avow.changes.touched import Touched, fields, outermost, touches
from avow.runtime.parse import parse

LINE = {"type": "record", "name": "Line", "fields": [{"name": "text", "type": "string"}]}
COLOUR = {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"], "default": "RED"}


def order(*more: dict[str, Any], line: dict[str, Any] = LINE, colour: dict[str, Any] = COLOUR, **said: Any) -> Any:
    rows = {"name": "lines", "type": {"type": "array", "items": line}}
    fields = [{"name": "id", "type": "int"}, rows, {"name": "colour", "type": colour}, *more]
    return {"type": "record", "name": "Order", "fields": fields, **said}


def touched(before: Any, after: Any) -> list[Touched]:
    found = (touches("Order", change) for change in outermost(changes(parse(before), parse(after))))
    return [each for each in found if each is not None]


NOTE = {"name": "note", "type": "string"}
TOTAL = {"name": "total", "type": {"type": "record", "name": "Total", "fields": [{"name": "value", "type": "int"}]}}
RENAMED = {"name": "remark", "type": "string", "aliases": ["note"]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # a field that went; what is inside of it went with it
        (order(NOTE), order(), [Touched("Order", ("note",))]),
        (order(TOTAL), order(), [Touched("Order", ("total",))]),
        # one that came: who builds has to give it, unless it has a default
        (order(), order(NOTE), [Touched("Order", (), "building")]),
        (order(), order({**NOTE, "default": ""}), []),
        # one in a record that is held
        (order(), order(line={**LINE, "fields": [*LINE["fields"], NOTE]}), [Touched("Order", ("lines",), "building")]),
        (order(line={**LINE, "fields": [*LINE["fields"], NOTE]}), order(), [Touched("Order", ("lines", "note"))]),
        # another name: the code knows the old one
        (order(NOTE), order(RENAMED), [Touched("Order", ("note",))]),
        # other values
        (order(NOTE), order({**NOTE, "type": "long"}), [Touched("Order", ("note",))]),
        (order({**NOTE, "default": ""}), order(NOTE), [Touched("Order", ("note",))]),
        (order(), order(colour={**COLOUR, "symbols": ["RED"]}), [Touched("Order", ("colour",))]),
        # what nobody's code notices
        (order(), order(colour={**COLOUR, "symbols": ["RED", "GREEN", "BLUE"]}), []),
        (order(NOTE), order({**NOTE, "default": ""}), []),
        (order(), order(doc="Something."), []),
        (order(NOTE), order({**NOTE, "doc": "Something."}), []),
        (order(), order(), []),
    ],
)
def test_whose_code_a_change_touches(before: Any, after: Any, expected: list[Touched]) -> None:
    assert touched(before, after) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ()),
        ("address", ("address",)),
        ("address.lines[].text", ("address", "lines", "text")),
        ("labels{}.text", ("labels", "text")),
        ("payment(Card).number", ("payment", "number")),
        ("all[]{}[].payment(a.b.Card)", ("all", "payment")),
    ],
)
def test_fields_of_a_place(path: str, expected: tuple[str, ...]) -> None:
    assert fields(path) == expected
