"""The engine: each rule with a pair that breaks it, everything that is wrong at once, recursion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.support.differential import variant_pairs

from avow.compat import check, compatible
from avow.compat.engine import Engine
from avow.compat.incompatibility import Incompatibility
from avow.compat.levels import pairs
from avow.compat.same import same
from avow.runtime.resolution import resolve


def record(*fields: Any, name: str = "a.R", **more: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields), **more}


def field(name: str, type_: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, **more}


def logical(type_: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": type_, "logicalType": name, **more}


def enum(*symbols: str, **more: Any) -> dict[str, Any]:
    return {"type": "enum", "name": "a.E", "symbols": list(symbols)} | more


ROWS: dict[str, tuple[Any, Any, list[tuple[str, str, str]]]] = {
    "promotion": ("int", "long", []),
    "type": ("string", "int", [("TYPE_CHANGED", "", "the writer wrote string, the reader expects int")]),
    "type in a field": (
        record(field("f", {"type": "array", "items": "string"})),
        record(field("f", {"type": "array", "items": "int"})),
        [("TYPE_CHANGED", "f[]", "the writer wrote string, the reader expects int")],
    ),
    "type in a map": (
        {"type": "map", "values": "string"},
        {"type": "map", "values": "int"},
        [("TYPE_CHANGED", "{}", "the writer wrote string, the reader expects int")],
    ),
    "kind": (
        {"type": "enum", "name": "a.R", "symbols": ["A"]},
        record(),
        [("TYPE_CHANGED", "", "the writer wrote the enum a.R, the reader expects the record a.R")],
    ),
    "kind of a branch": (
        ["null", {"type": "enum", "name": "a.R", "symbols": ["A"]}],
        ["null", record()],
        [
            (
                "UNION_BRANCH_MISSING",
                "",
                "the writer's a.R matches no branch of the reader's union (null, the record a.R)",
            )
        ],
    ),
    "kind of a branch read as one type": (
        [record(), "null"],
        enum("A", name="a.R"),
        [
            ("UNION_BRANCH_MISSING", "", "the writer may write the record a.R, the reader takes the enum a.R only"),
            ("UNION_BRANCH_MISSING", "", "the writer may write null, the reader takes a.R only"),
        ],
    ),
    "kind beside a record of the short name": (
        record(),
        [enum("A", name="a.R"), record(name="b.R")],
        [("NAMESPACE_CHANGED", "", "the writer's a.R is in a, the reader's b.R in b")],
    ),
    "field without default": (
        record(),
        record(field("f", "int")),
        [("FIELD_MISSING", "", 'the reader\'s field "f" has no default and the writer does not write it')],
    ),
    "field with default": (record(), record(field("f", "int", default=1)), []),
    "name": (
        record(name="a.R"),
        record(name="a.S"),
        [("NAME_CHANGED", "", "the writer's record is a.R, the reader's a.S has no such name or alias")],
    ),
    "namespace": (
        record(name="a.R"),
        record(name="b.R"),
        [("NAMESPACE_CHANGED", "", "the writer's a.R is in a, the reader's b.R in b")],
    ),
    "size": (
        {"type": "fixed", "name": "F", "size": 2},
        {"type": "fixed", "name": "F", "size": 3},
        [("FIXED_SIZE_CHANGED", "", "the writer's F has 2 bytes, the reader's 3")],
    ),
    "symbols": (
        enum("A", "B", "C"),
        enum("A"),
        [
            (
                "ENUM_SYMBOL_REMOVED",
                "",
                "the writer may write the symbols B, C of a.E, the reader's enum has them not, and no default",
            )
        ],
    ),
    "symbols with default": (enum("A", "B"), enum("A", default="A"), []),
    "branch": (
        ["null", "int"],
        "int",
        [("UNION_BRANCH_MISSING", "", "the writer may write null, the reader takes int only")],
    ),
    "first match": (
        record(field("x", "int"), name="w.P"),
        [
            record(field("x", "int"), field("y", "int"), name="a.P"),
            record(field("x", "int"), name="b.P"),
        ],
        [
            (
                "UNION_FIRST_MATCH",
                "",
                "of the reader's union the branch a.P matches what the writer writes first and cannot read it, "
                "though b.P could",
            )
        ],
    ),
    "two claims": (
        record(field("f", "int")),
        record(field("f", "int"), field("g", "int", aliases=["f"])),
        [("ALIAS_AMBIGUOUS", "", "the writer's field \"f\" is claimed by the reader's f and g")],
    ),
    "crossed": (
        record(field("f", "int"), field("g", "string")),
        record(field("f", "int", aliases=["g"]), field("g", "bytes")),
        [("ALIAS_CROSSED", "", 'the reader\'s field "f" has the alias "g", and the writer writes both')],
    ),
    "scale": (
        logical("bytes", "decimal", precision=4, scale=1),
        logical("bytes", "decimal", precision=4, scale=2),
        [("DECIMAL_SCALE_CHANGED", "", "the writer's decimals have 1 digits after the point, the reader's 2")],
    ),
    "precision narrows": (
        logical("bytes", "decimal", precision=5),
        logical("bytes", "decimal", precision=4),
        [("DECIMAL_PRECISION_NARROWED", "", "the writer's decimals have up to 5 digits, the reader's only 4")],
    ),
    "precision widens": (
        logical("bytes", "decimal", precision=4),
        logical("bytes", "decimal", precision=5),
        [("DECIMAL_PRECISION_WIDENED", "", "the writer's decimals have up to 4 digits, the reader expects 5")],
    ),
    "unit": (
        logical("long", "timestamp-millis"),
        logical("long", "timestamp-micros"),
        [
            (
                "UNIT_CHANGED",
                "",
                "the writer writes timestamp-millis, the reader takes the number for timestamp-micros: another moment",
            )
        ],
    ),
    "logical type dropped": (
        logical("int", "date"),
        "int",
        [("LOGICAL_CHANGED", "", "the writer writes date, the reader reads plain int")],
    ),
    "lossy": (
        "long",
        "double",
        [
            (
                "PROMOTION_LOSSY",
                "",
                "the writer writes long, the reader's double cannot hold every long exactly",
            )
        ],
    ),
    "bytes": (
        "bytes",
        "string",
        [
            (
                "BYTES_AS_STRING",
                "",
                "the writer writes bytes, the reader expects a string, and not all bytes are UTF-8",
            )
        ],
    ),
}
WARNINGS = {"NAMESPACE_CHANGED", "DECIMAL_PRECISION_WIDENED", "LOGICAL_CHANGED", "PROMOTION_LOSSY", "BYTES_AS_STRING"}


@pytest.mark.parametrize("name", ROWS)
def test_pair(name: str) -> None:
    writer, reader, expected = ROWS[name]
    found = check(reader, json.dumps(writer))
    assert [(each.rule, each.path, each.reason) for each in found] == expected
    assert [each.severity == "warning" for each in found] == [rule in WARNINGS for rule, _, _ in expected]
    assert all(each.fix_reader and each.fix_writer for each in found)
    assert compatible(found) is (not {rule for rule, _, _ in expected} - WARNINGS)


def test_everything_is_found_at_once() -> None:
    writer = record(field("a", "string"), field("b", enum("A", "B")), field("c", ["null", "int"]))
    reader = record(field("a", "int"), field("b", enum("A")), field("c", "int"), field("d", "int"))
    assert [each.rule for each in check(reader, writer)] == [
        "FIELD_MISSING",
        "TYPE_CHANGED",
        "ENUM_SYMBOL_REMOVED",
        "UNION_BRANCH_MISSING",
    ]


def test_crossed_aliases_count_for_nothing_where_a_schema_reads_itself() -> None:
    crossed = record(field("f", "int", aliases=["g"]), field("g", record(field("h", "int"), name="a.Inner")))
    changed = record(field("f", "int", aliases=["g"]), field("g", record(field("h", "long"), name="a.Inner")))
    assert check(crossed, crossed) == []
    assert [each.rule for each in check(changed, crossed)] == ["ALIAS_CROSSED"]


def test_java_takes_the_branch_that_can_be_read() -> None:
    writer, reader, _ = ROWS["first match"]
    rules = [each.rule for each in check(reader, writer, java_unions=True)]
    assert rules == ["NAMESPACE_CHANGED"]


def test_a_type_that_contains_itself_is_assumed_fine_and_verified() -> None:
    def node(*more: Any) -> dict[str, Any]:
        return record(field("next", ["null", "a.Node"]), *more, name="a.Node")

    assert check(node(), node()) == []
    assert [each.rule for each in check(node(field("v", "int")), node(field("v", "string")))] == ["TYPE_CHANGED"]


def test_no_verdict_rests_on_an_open_assumption() -> None:
    """Two records refer to each other; the break is in the second, behind the way back to the first."""

    def system(leaf: str) -> dict[str, Any]:
        second = record(field("back", ["null", "a.First"]), field("leaf", leaf), name="a.Second")
        return record(field("one", second), field("two", "a.Second"), name="a.First")

    found = check(system("int"), system("string"))
    assert [(each.rule, each.path) for each in found] == [("TYPE_CHANGED", "one.leaf")]
    assert check(system("string"), system("string")) == []


def test_levels() -> None:
    def said(level: str) -> list[tuple[int, int]]:
        return list(pairs(level, 3, [1, 2]))

    assert said("NONE") == []
    assert said("BACKWARD") == [(3, 2)]
    assert said("FORWARD") == [(2, 3)]
    assert said("FULL") == [(3, 2), (2, 3)]
    assert said("FULL_TRANSITIVE") == [(3, 1), (1, 3), (3, 2), (2, 3)]


def test_a_type_that_two_aliases_claim() -> None:
    def system(*aliases: str) -> dict[str, Any]:
        one = {"type": "enum", "name": "a.One", "symbols": ["X"]}
        two = {"type": "enum", "name": "a.Two", "symbols": ["X"], **({"aliases": [*aliases]} if aliases else {})}
        return record(field("one", one), field("two", two))

    found = check(system("One"), system())
    assert [(each.rule, each.path) for each in found] == [("ALIAS_AMBIGUOUS", "one")]
    assert found[0].reason == "the writer's type a.One is claimed by the reader's a.One and a.Two"
    assert check(system("One"), system("One")) == []
    assert check(system("Other"), system()) == []


def test_nothing_is_found_where_two_types_are_the_same() -> None:
    """What stops at types that are the same finds what goes through all finds."""
    for seed in range(3):
        for writer, reader in variant_pairs(seed, 400):
            engine = Engine(writer.type, reader.type, False)
            engine.visit(resolve(writer.type, reader.type))
            found = check(reader.type, writer.type)
            assert [_said(each) for each in found] == [_said(each) for each in engine.found]
            assert not same(writer.type, reader.type) or found == []


def _said(found: Incompatibility) -> tuple[str, ...]:
    return found.rule, found.severity, found.path, found.reason
