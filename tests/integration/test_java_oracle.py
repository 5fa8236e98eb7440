"""The oracle itself: whatever it is asked it answers, and goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.support.java import Failed, Java, Named, Read

DEEP = '{"type":"array","items":' * 20_000 + '"int"' + "}" * 20_000


def _ask(**question: Any) -> str:
    return json.dumps(question)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "com.fasterxml.jackson.core.io.JsonEOFException"),
        ("", "java.lang.IllegalArgumentException"),
        ("[1]", "java.lang.IllegalArgumentException"),
        (_ask(ask="what"), "java.lang.IllegalArgumentException"),
        (_ask(ask="read", writer='"int"', data=["00"]), "org.apache.avro.SchemaParseException"),
        (_ask(ask="read", writer='"int"', reader="{}", data=["00"]), "org.apache.avro.SchemaParseException"),
        (_ask(ask="read", writer='"int"', reader='"int"', data=["0"]), "java.lang.IllegalArgumentException"),
        (_ask(ask="describe", schema=DEEP), "org.apache.avro.SchemaParseException"),
    ],
)
def test_a_bad_line_is_answered(java: Java, line: str, error: str) -> None:
    assert java.answer(line)["error"] == error
    assert java.ask({"ask": "describe", "schema": '"int"'})["canonical"] == '"int"'


def test_values_of_every_kind(java: Java) -> None:
    fields = "null boolean int long float double bytes string".split()
    leaves = [{"name": kind, "type": kind} for kind in fields]
    inner = [
        {"name": "fixed", "type": {"type": "fixed", "name": "n.F", "size": 2}},
        {"name": "enum", "type": {"type": "enum", "name": "n.E", "symbols": ["A", "B"]}},
        {"name": "array", "type": {"type": "array", "items": "int"}},
        {"name": "map", "type": {"type": "map", "values": "int"}},
        {"name": "union", "type": ["null", "n.E"]},
    ]
    schema = {"type": "record", "name": "n.R", "fields": leaves + inner}
    data = "01 01 ffffffffffffffffff01 0000c07f 000000000000f8ff 04ff00 04c39f 0102 02 0602040600 0202610200 0200"
    expected = {
        "null": None,
        "boolean": True,
        "int": -1,
        "long": -(2**63),
        "float": float("nan"),
        "double": float("nan"),
        "bytes": b"\xff\x00",
        "string": "ß",
        "fixed": b"\x01\x02",
        "enum": Named("n.E", "B"),
        "array": [1, 2, 3],
        "map": {"a": 1},
        "union": Named("n.E", "A"),
    }
    (read,) = java.read(schema, schema, [bytes.fromhex(data)])
    assert repr(read) == repr(Read(*[Named("n.R", expected)] * 2))


def test_what_is_left_or_lacking_is_refused(java: Java) -> None:
    left, lacking = java.read("int", "int", [b"\x02\x02", b"\x80"])
    assert left == Read(*[Failed("java.io.IOException", "bytes are left")] * 2)
    assert lacking == Read(*[Failed("java.io.EOFException", "")] * 2)
