"""Witnesses: the smallest datum that shows an incompatibility, as JSON and bytes, and what comes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.support.work import calls

from avow.compat import witness as subject
from avow.compat.incompatibility import Branch, Hop, Incompatibility, Inside, Spot
from avow.compat.witness import Witness, witness
from avow.runtime import schema as model
from avow.runtime.parse import parse

Json = Any


def record(name: str, /, **fields: Json) -> Json:
    return {"type": "record", "name": name, "fields": [{"name": key, "type": type_} for key, type_ in fields.items()]}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def map_(values: Json) -> Json:
    return {"type": "map", "values": values}


def enum(name: str, *symbols: str, **more: Json) -> Json:
    return {"type": "enum", "name": name, "symbols": list(symbols), **more}


def fixed(name: str, size: int, **more: Json) -> Json:
    return {"type": "fixed", "name": name, "size": size, **more}


def logical(kind: str, name: str, **more: Json) -> Json:
    return {"type": kind, "logicalType": name, **more}


def decimal(precision: int, scale: int = 0) -> Json:
    return logical("bytes", "decimal", precision=precision, scale=scale)


def finding(rule: str, writer: Json, reader: Json, way: str = "", symbol: str = "") -> Incompatibility:
    """Return a finding about the place that a way leads to: names of fields, numbers of branches, ``[]``, ``{}``."""
    old, new = parse(writer), parse(reader)
    trail: list[Hop] = []
    there: model.Type = old
    here: model.Type = new
    for hop in way.split():
        here = here.branches[0] if isinstance(here, model.Union) and not hop.isdigit() else here
        made, there = _step(there, hop)
        gone = isinstance(here, model.Union) and int(hop) >= len(here.branches)
        here = here if gone else _step(here, hop)[1]
        trail.append(made)
    return Incompatibility(
        rule, "error", "", "", "", "", Spot(there), Spot(here), tuple(trail), old, new, subject=symbol
    )


def _step(type_: model.Type, hop: str) -> tuple[Hop, model.Type]:
    if isinstance(type_, model.Record):
        field = next(field for field in type_.fields if field.name == hop)
        return field, field.type
    if isinstance(type_, model.Union):
        return Branch(int(hop)), type_.branches[int(hop)]
    if isinstance(type_, model.Array):
        return Inside("array"), type_.items
    return (Inside("map"), type_.values) if isinstance(type_, model.Map) else (Branch(0), type_)


OLD_RGB, NEW_RGB = enum("E", "R", "G", "B"), enum("E", "R", "B")
NIL = "00000000-0000-0000-0000-000000000000"

CASES: dict[str, tuple[tuple[Json, ...], tuple[str, str, str]]] = {
    "a type that changed": (
        ("TYPE_CHANGED", "int", "string"),
        ("0", "00", "decoding fails at byte 0: the writer wrote int, the reader expects string"),
    ),
    "in a field, the others at their smallest": (
        (
            "TYPE_CHANGED",
            record("A", a="long", b=array("int"), c="string"),
            record("A", a="long", b=array("string"), c="string"),
            "b []",
        ),
        (
            '{"a": 0, "b": [0], "c": ""}',
            "0002000000",
            "decoding fails at byte 2, `b[0]`: the writer wrote int, the reader expects string",
        ),
    ),
    "in a map": (
        ("TYPE_CHANGED", map_("boolean"), map_("float"), "{}"),
        (
            '{"k": false}',
            "02026b0000",
            "decoding fails at byte 3, `['k']`: the writer wrote boolean, the reader expects float",
        ),
    ),
    "a branch that went": (
        ("UNION_BRANCH_MISSING", record("A", u=["null", "int", "string"]), record("A", u=["null", "int"]), "u 2"),
        (
            '{"u": {"string": ""}}',
            "0400",
            "decoding fails at byte 1, `u`: the writer's string matches no branch of the reader's union (null, int)",
        ),
    ),
    "a symbol that went, other choices readable": (
        (
            "ENUM_SYMBOL_REMOVED",
            record("A", gone=enum("F", "X", "Y"), e=OLD_RGB, u=["boolean", "int"]),
            record("A", gone=enum("F", "Y"), e=NEW_RGB, u=["int"]),
            "e",
            "G",
        ),
        (
            '{"gone": "Y", "e": "G", "u": {"int": 0}}',
            "02020200",
            "decoding fails at byte 1, `e`: the writer's symbol G is none of the reader's, whose enum has no default",
        ),
    ),
    "a fixed of another size": (
        ("FIXED_SIZE_CHANGED", fixed("F", 2), fixed("F", 3)),
        ('"\\u0000\\u0000"', "0000", "decoding fails at byte 0: the writer's F has 2 bytes, the reader's 3"),
    ),
    "a field that the writer lacks": (
        ("FIELD_MISSING", record("A", a="int"), record("A", a="int", b="int")),
        (
            '{"a": 0}',
            "00",
            'decoding fails at byte 0: the reader\'s field "b" has no default and the writer does not write it',
        ),
    ),
    "what fails first is not hidden": (
        (
            "TYPE_CHANGED",
            record("A", a=record("B", x="int", y="string")),
            record("A", a=record("B", x="string", y="int")),
            "a y",
        ),
        (
            '{"a": {"x": 0, "y": ""}}',
            "0000",
            "decoding fails at byte 0, `a.x`: the writer wrote int, the reader expects string",
        ),
    ),
    "a record of recursive type ends at once": (
        (
            "TYPE_CHANGED",
            record("N", v="int", left=["N", "null"], right=array("N")),
            record("N", v="string", left=["N", "null"], right=array("N")),
            "right [] v",
        ),
        (
            '{"v": 0, "left": null, "right": [{"v": 0, "left": null, "right": []}]}',
            "00020200020000",
            "decoding fails at byte 0, `v`: the writer wrote int, the reader expects string",
        ),
    ),
    "the first branch that matches fails further inside": (
        (
            "UNION_FIRST_MATCH",
            record("n.A", x=["int", "string"]),
            ["null", record("m.A", x="int"), record("k.A", x=["int", "string"])],
        ),
        (
            '{"x": {"string": ""}}',
            "0200",
            "decoding fails at byte 1, `x`: the writer wrote string, the reader expects int",
        ),
    ),
    "an enum further inside": (
        ("UNION_FIRST_MATCH", record("n.A", x=OLD_RGB), ["null", record("m.A", x=NEW_RGB)]),
        (
            '{"x": "G"}',
            "02",
            "decoding fails at byte 0, `x`: the writer's symbol G is none of the reader's, whose enum has no default",
        ),
    ),
    "a long read as a double": (
        ("PROMOTION_LOSSY", record("A", a="long"), record("A", a="double"), "a"),
        ('{"a": 9007199254740993}', "8280808080808020", "reads 9007199254740992.0, was written 9007199254740993"),
    ),
    "a long read as a float": (
        ("PROMOTION_LOSSY", "long", "float"),
        ("16777217", "82808010", "reads 16777216.0, was written 16777217"),
    ),
    "a count of days read as a float": (
        ("PROMOTION_LOSSY", logical("int", "date"), "float"),
        ("16777217", "82808010", "reads 16777216.0, was written 16777217"),
    ),
    "bytes read as a string": (
        ("BYTES_AS_STRING", "bytes", "string"),
        ('"\\u00ff"', "02ff", "decoding fails at byte 0: 'utf-8' codec can't decode byte 0xff in position 0: "),
    ),
    "a big-decimal read as a string": (
        ("BYTES_AS_STRING", logical("bytes", "big-decimal"), "string"),
        ('"\\u0002\\u00ff\\u0000"', "0602ff00", "decoding fails at byte 0: 'utf-8' codec can't decode byte 0xff in "),
    ),
    "millis read as micros": (
        ("UNIT_CHANGED", logical("long", "timestamp-millis"), logical("long", "timestamp-micros")),
        ("1", "02", "reads 1970-01-01T00:00:00.000001+00:00, was written 1970-01-01T00:00:00.001000+00:00"),
    ),
    "micros read as nanos": (
        ("UNIT_CHANGED", logical("long", "timestamp-micros"), logical("long", "timestamp-nanos")),
        ("1", "02", "reads 1970-01-01T00:00:00.000000001+00:00, was written 1970-01-01T00:00:00.000001+00:00"),
    ),
    "nanos of local time read as an instant": (
        ("UNIT_CHANGED", logical("long", "local-timestamp-nanos"), logical("long", "timestamp-nanos")),
        ("1", "02", "reads 1970-01-01T00:00:00.000000001+00:00, was written 1970-01-01T00:00:00.000000001"),
    ),
    "a date read as a timestamp": (
        ("UNIT_CHANGED", logical("int", "date"), logical("long", "timestamp-millis")),
        ("1", "02", "reads 1970-01-01T00:00:00.001000+00:00, was written 1970-01-02"),
    ),
    "in an optional field of an item": (
        (
            "UNIT_CHANGED",
            array(record("A", t=["null", logical("int", "time-millis")])),
            array(record("A", t=["null", logical("long", "time-micros")])),
            "[] t 1",
        ),
        ('[{"t": {"int": 1}}]', "02020200", "reads 00:00:00.000001, was written 00:00:00.001000"),
    ),
    "a logical type that was dropped": (
        ("LOGICAL_CHANGED", logical("int", "date"), "int"),
        ("1", "02", "reads 1, was written 1970-01-02"),
    ),
    "a logical type that was added": (
        ("LOGICAL_CHANGED", "string", logical("string", "uuid")),
        ('""', "00", "decoding fails at byte 0: '' is not a UUID"),
    ),
    "a UUID as text": (
        ("LOGICAL_CHANGED", logical("string", "uuid"), "string"),
        (f'"{NIL}"', "48" + NIL.encode().hex(), f'reads "{NIL}", was written UUID {NIL}'),
    ),
    "a duration as bytes": (
        ("LOGICAL_CHANGED", fixed("D", 12, logicalType="duration"), fixed("D", 12)),
        (json.dumps("\0" * 12), "00" * 12, f"reads 0x{'00' * 12}, was written 0 months, 0 days, 0 ms"),
    ),
    "a decimal as bytes": (
        ("LOGICAL_CHANGED", decimal(4, 2), "bytes"),
        ('"\\u0000"', "0200", "reads 0x00, was written decimal 0.00"),
    ),
    "a decimal of another scale": (
        ("DECIMAL_SCALE_CHANGED", decimal(4, 2), decimal(4, 1)),
        (
            '"\\u0001"',
            "0201",
            "decoding fails at byte 0: the writer's decimals have 2 digits after the point, the reader's 1",
        ),
    ),
    "a decimal with more digits": (
        ("DECIMAL_PRECISION_NARROWED", decimal(4), decimal(2)),
        ('"d"', "0264", "decoding fails at byte 0: the writer's decimals have up to 4 digits, the reader's only 2"),
    ),
    "logical types elsewhere are valid": (
        (
            "TYPE_CHANGED",
            record("A", u=logical("string", "uuid"), b=logical("bytes", "big-decimal"), s="string", x="int"),
            record(
                "A",
                u=logical("string", "uuid"),
                b=logical("bytes", "big-decimal"),
                s=logical("string", "uuid"),
                x="null",
            ),
            "x",
        ),
        (
            json.dumps({"u": NIL, "b": "\2\0\0", "s": NIL, "x": 0}),
            ("48" + NIL.encode().hex()) + "06020000" + ("48" + NIL.encode().hex()) + "00",
            "decoding fails at byte 78, `x`: the writer wrote int, the reader expects null",
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_witness(case: str) -> None:
    given, (text, data, outcome) = CASES[case]
    made = witness(finding(*given))
    assert made is not None
    assert (made.json, made.data.hex()) == (text, data)
    assert made.outcome[: len(outcome)] == outcome
    if "codec" not in outcome:
        assert made.outcome == outcome


NONE: dict[str, tuple[Json, ...]] = {
    "no datum shows another namespace": ("NAMESPACE_CHANGED", record("a.A", x="int"), record("b.A", x="int")),
    "no datum shows a wider decimal": ("DECIMAL_PRECISION_WIDENED", decimal(2), decimal(4)),
    "a record that must hold itself": (
        "TYPE_CHANGED",
        record("A", me="A", x="int"),
        record("A", me="A", x="null"),
        "x",
    ),
    "an enum without symbols": ("TYPE_CHANGED", enum("E"), "int"),
    "a place beside one that has no end": (
        "TYPE_CHANGED",
        record("A", all=array(record("B", me="B", x="int"))),
        record("A", all=array(record("B", me="B", x="null"))),
        "all [] x",
    ),
    "a fixed that nobody would read through": ("TYPE_CHANGED", fixed("F", 1 << 27), "int"),
    "what is read as it was written": ("UNIT_CHANGED", record("A", x="int"), record("A", x="int"), "x"),
    "an error on which nothing fails": ("TYPE_CHANGED", record("A", x="int"), record("A", x="int"), "x"),
    "numbers that all fit": ("PROMOTION_LOSSY", "int", "double"),
}


@pytest.mark.parametrize("case", NONE)
def test_there_is_none(case: str) -> None:
    assert witness(finding(*NONE[case])) is None


def test_a_trail_that_is_not_in_the_schema_has_none() -> None:
    found = finding("TYPE_CHANGED", record("A", x="int"), record("A", x="null"), "x")
    other = finding("TYPE_CHANGED", record("A", x="int"), record("A", x="null"), "x")
    strange = Incompatibility(
        "TYPE_CHANGED",
        "error",
        "",
        "",
        "",
        "",
        found.writer,
        found.reader,
        other.trail,
        found.writer_root,
        found.reader_root,
    )
    assert witness(strange) is None


def _doubling(levels: int, last: str) -> Json:
    """Records of which each holds the next one twice, so that a datum has 2**levels leaves."""
    made: Json = record("R0", x=last)
    for level in range(1, levels):
        made = record(f"R{level}", a=made, b=f"R{level - 1}")
    return record("Root", whole=made, wrong="string" if last == "string" else "int")


def test_a_datum_that_would_be_huge_is_not_made() -> None:
    found = finding("TYPE_CHANGED", _doubling(60, "int"), _doubling(60, "string"), "wrong")
    assert witness(found) is None
    assert _work(found) < 20_000


def test_a_value_nested_too_deeply_for_any_reader_is_not_made() -> None:
    def nested(last: str) -> Json:
        names = [{"type": "record", "name": "R0", "fields": [{"name": "x", "type": last}]}]
        names += [record(f"R{level}", x=f"R{level - 1}") for level in range(1, 140)]
        return record("Root", **{f"f{level}": ["null", each] for level, each in enumerate(names)})

    deep = finding("TYPE_CHANGED", nested("int"), nested("string"), f"f139 1 {'x ' * 140}")
    assert witness(deep) is None
    fine = finding("TYPE_CHANGED", nested("int"), nested("string"), f"f99 1 {'x ' * 100}")
    assert witness(fine) is not None


def _wide(fields: int, last: str) -> Json:
    some = {f"f{at}": ["null", record(f"R{at}", a="string", b=array(f"R{at}"))] for at in range(fields)}
    return record("Root", **some, last=last)


def test_a_wide_schema_costs_what_its_size_costs() -> None:
    few, many = (finding("TYPE_CHANGED", _wide(n, "int"), _wide(n, "string"), "last") for n in (100, 400))
    assert isinstance(witness(many), Witness)
    assert _work(many) < 4.5 * _work(few)


def test_an_ordinary_schema_costs_little() -> None:
    fields = {f"f{at}": ["null", "string"] for at in range(15)}
    found = finding("TYPE_CHANGED", record("A", **fields, x="int"), record("A", **fields, x="string"), "x")
    assert _work(found) < 6000


def _work(found: Incompatibility) -> int:
    """How many calls it takes to find a witness."""
    subject._pair.cache_clear()
    return calls(lambda: witness(found))
