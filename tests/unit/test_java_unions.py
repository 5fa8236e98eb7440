"""The branch of a reader's union that Avro for Java takes, by what the checker then finds."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.build import array, enum, record

from avow.compat import check

SMALL = record("w.P", ("x", "int"))
LINE = record("w.Line", ("from", record("w.P", ("x", "int"))))
NODE = record("w.N", ("next", array("w.N")), ("x", "int"))

ROWS: dict[str, tuple[Any, list[Any], list[tuple[str, str]]]] = {
    "one that lacks a field is passed over": (
        SMALL,
        [record("a.P", ("x", "int"), ("y", "int")), record("b.P", ("x", "int"))],
        [("NAMESPACE_CHANGED", "")],
    ),
    "one whose field is refused is passed over": (
        SMALL,
        [record("a.P", ("x", "long")), record("b.P", ("x", "string"))],
        [("NAMESPACE_CHANGED", "")],
    ),
    "the last that matches is taken": (
        SMALL,
        [record("a.P", ("x", "int")), record("b.P", ("x", "float"))],
        [("NAMESPACE_CHANGED", ""), ("PROMOTION_LOSSY", "x")],
    ),
    "the full name is taken whether it can be read or not": (
        SMALL,
        [record("w.P", ("x", "string")), record("a.P", ("x", "int"))],
        [("TYPE_CHANGED", "x")],
    ),
    "an alias is a full name": (
        SMALL,
        [record("a.Q", ("x", "string"), aliases=["w.P"]), record("a.P", ("x", "int"))],
        [("TYPE_CHANGED", "x")],
    ),
    "what is wrong further inside is not seen": (
        record("w.P", ("x", array("int"))),
        [record("a.P", ("x", array("int"))), record("b.P", ("x", array("string")))],
        [("NAMESPACE_CHANGED", ""), ("TYPE_CHANGED", "x[]")],
    ),
    "what a field of the field lacks is seen": (
        LINE,
        [
            record("a.Line", ("from", record("a.P", ("x", "int")))),
            record("b.Line", ("from", record("b.P", ("x", "int"), ("y", "int")))),
        ],
        [("NAMESPACE_CHANGED", ""), ("NAMESPACE_CHANGED", "from")],
    ),
    "a union in a field needs a branch": (
        LINE,
        [
            record("a.Line", ("from", ["null", record("a.P", ("x", "int"))])),
            record("b.Line", ("from", ["null", record("b.P", ("x", "string"))])),
        ],
        [("NAMESPACE_CHANGED", ""), ("NAMESPACE_CHANGED", "from")],
    ),
    "in a field of the field a record of any name will do": (
        LINE,
        [
            record("a.Line", ("from", ["null", record("a.P", ("x", "int"))])),
            record("b.Line", ("from", ["null", record("b.Q", ("x", "int"))])),
        ],
        [("NAMESPACE_CHANGED", ""), ("UNION_BRANCH_MISSING", "from")],
    ),
    "a field's alias is not known under another namespace": (
        SMALL,
        [record("a.P", ("x", "int")), record("b.P", {"name": "y", "aliases": ["x"], "type": "int"})],
        [("NAMESPACE_CHANGED", "")],
    ),
    "decimals are read raw": (
        record("w.P", ("x", {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 1})),
        [
            record("a.P", ("x", "bytes")),
            record("b.P", ("x", {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2})),
        ],
        [("NAMESPACE_CHANGED", ""), ("DECIMAL_SCALE_CHANGED", "x")],
    ),
    "an enum in a union of a field has its full name": (
        record("w.P", ("x", enum("w.E", "A"))),
        [record("a.P", ("x", "w.E")), record("b.P", ("x", ["null", enum("b.E", "A")])), enum("w.E", "A")],
        [("NAMESPACE_CHANGED", "")],
    ),
    "what leads back to itself matches": (
        NODE,
        [
            record("a.N", ("next", array(["null", "a.N", "b.N"])), ("x", "int")),
            record("b.N", ("next", array("b.N")), ("x", "string")),
        ],
        [("NAMESPACE_CHANGED", "")],
    ),
    "none that matches is what it would be without": (
        SMALL,
        [record("a.P", ("x", "string")), record("b.P", ("y", "int"))],
        [("NAMESPACE_CHANGED", ""), ("TYPE_CHANGED", "x")],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_branch(name: str) -> None:
    writer, reader, expected = ROWS[name]
    assert [(found.rule, found.path) for found in check(reader, writer, java_unions=True)] == expected


def test_types_that_have_no_end_end() -> None:
    """A record that holds itself has no datum, and no way through it may run for ever."""
    writer = record("w.N", ("next", "w.N"))
    reader = [record("a.N", ("next", ["null", "a.N", "b.N"])), record("b.N", ("next", ["a.N"]))]
    assert {found.rule for found in check(reader, writer, java_unions=True)} == {"NAMESPACE_CHANGED"}
