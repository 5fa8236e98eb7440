"""What differs between two schemas: one table of what was, what is, and the lines that people see."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from avow.changes import changes
from avow.report.diff.text import tree
from avow.runtime.parse import parse


def record(*fields: Any, name: str = "a.R", **more: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields), **more}


def field(name: str, type_: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, **more}


def logical(type_: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": type_, "logicalType": name, **more}


def decimal(precision: int, scale: int = 0) -> dict[str, Any]:
    return logical("bytes", "decimal", precision=precision, scale=scale)


def enum(*symbols: str, name: str = "a.E", **more: Any) -> dict[str, Any]:
    return {"type": "enum", "name": name, "symbols": list(symbols), **more}


def fixed(size: int, name: str = "a.F", **more: Any) -> dict[str, Any]:
    return {"type": "fixed", "name": name, "size": size, **more}


def array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def mapping(values: Any) -> dict[str, Any]:
    return {"type": "map", "values": values}


def of(type_: Any, **more: Any) -> dict[str, Any]:
    """A record with one field."""
    return record(field("f", type_, **more))


def contract(**more: Any) -> dict[str, Any]:
    return record(contract={"kind": "event", **more})


NODE = record(field("text", "string"), field("inner", array("a.Node")), name="a.Node")
NODE_MORE = record(field("text", "string"), field("size", "int"), field("inner", array("a.Node")), name="a.Node")
PING = record(field("pong", ["null", record(field("ping", ["null", "a.Ping"]), name="a.Pong")]), name="a.Ping")
PING_MORE = record(
    field("pong", ["null", record(field("ping", ["null", "a.Ping"]), field("n", "int"), name="a.Pong")]), name="a.Ping"
)
STREET = record(field("street", "string"), name="a.Address")
STREETS = record(field("street", ["null", "string"]), name="a.Address")

ROWS: dict[str, tuple[Any, Any, str]] = {
    "nothing": (of("int"), of("int"), ""),
    "layout": (of("int"), record({"type": {"type": "int"}, "name": "f", "order": "ascending"}), ""),
    "an exception": (of("int"), record(field("f", "int", **{"except": {"X": "why"}}), **{"except": {"Y": "why"}}), ""),
    # fields
    "field added": (record(), of("int"), "+ f  int"),
    "field added with default": (record(), of(["null", "string"], default=None), "+ f  string? = null"),
    "field added with marks": (
        record(),
        of("string", doc="Said.", aliases=["g"], order="ignore", sensitive={"readers": ["x"]}, odd=1),
        """\
+ f  string
     aliases    ["g"]
     order      ignore
     sensitive  {"readers": ["x"]}
     "odd"      1""",
    ),
    "field removed": (of("int"), record(), "- f  int"),
    "field renamed": (of("int"), record(field("g", "int", aliases=["f"])), "~ g  name  f -> g"),
    "field renamed back": (record(field("g", "int", aliases=["f"])), of("int"), "~ f  name  g -> f"),
    "field renamed twice": (
        record(field("g", "int", aliases=["f"])),
        record(field("h", "int", aliases=["f", "g"])),
        "~ h  name  g -> h",
    ),
    "field renamed without alias": (of("int"), record(field("g", "int")), "- f  int\n+ g  int"),
    "fields in another order": (
        record(*(field(name, "int") for name in "abcde")),
        record(*(field(name, "int") for name in "acbde")),
        "~ R  order of fields  b, c -> c, b",
    ),
    "field removed where it stood": (
        record(*(field(name, "int") for name in "abc")),
        record(field("a", "long"), field("c", "long"), field("d", "long")),
        """\
~ a  type  int -> long
- b  int
~ c  type  int -> long
+ d  long""",
    ),
    "default added": (of("int"), of("int", default=1), "~ f  default  none -> 1"),
    "default removed": (of(["null", "int"], default=None), of(["null", "int"]), "~ f  default  null -> none"),
    "default changed": (of("string", default="none"), of("string", default=""), '~ f  default  "none" -> ""'),
    "default of another type": (of("double", default=1), of("double", default=1.0), "~ f  default  1 -> 1.0"),
    "default of a record": (
        of(record(field("x", "int"), field("y", "int"), name="a.P"), default={"x": 1, "y": 2}),
        of(record(field("x", "int"), field("y", "int"), name="a.P"), default={"x": 1, "y": 3}),
        "~ f  default.y  2 -> 3",
    ),
    "doc": (of("int", doc="Old."), of("int", doc="New."), '~ f  doc  "Old." -> "New."'),
    "doc added": (of("int"), of("int", doc="New."), '~ f  doc  none -> "New."'),
    "aliases": (of("int", aliases=["g", "h"]), of("int", aliases=["h", "i"]), "~ f  aliases  - g\n     aliases  + i"),
    "order": (of("int"), of("int", order="descending"), "~ f  order  none -> descending"),
    "deprecated": (
        of("int", deprecated=True),
        of("int", deprecated={"since": "1.2"}),
        '~ f  deprecated  true -> {"since": "1.2"}',
    ),
    "sensitive": (
        of("int", sensitive={"readers": ["a"]}),
        of("int", sensitive={"readers": ["a", "b"]}),
        '~ f  sensitive.readers  ["a"] -> ["a", "b"]',
    ),
    "an attribute of others": (of("int", x=1), of("int", x=True), '~ f  "x"  1 -> true'),
    "an attribute that means harm": (
        of("int"),
        of("int", **{"field\x1b[2J\u202e\n": "\x9b\u2028"}),
        '~ f  "field\\u001b[2J\\u202e\\n"  none -> " "',
    ),
    # types
    "type": (of("int"), of("string"), "~ f  type  int -> string"),
    "optional": (of("int"), of(["null", "int"]), "~ f  type  int -> int?"),
    "optional with null behind": (of(["null", "int"]), of(["int", "null"]), "~ f  type  int? -> int | null"),
    "logical type": (of("string"), of(logical("string", "uuid")), "~ f  logicalType  none -> uuid"),
    "logical type dropped": (of(logical("int", "date")), of("int"), "~ f  logicalType  date -> none"),
    "logical type changed": (
        of(["null", logical("long", "timestamp-millis")]),
        of(["null", logical("long", "timestamp-micros")]),
        "~ f  logicalType  timestamp-millis -> timestamp-micros",
    ),
    "logical type of another type": (
        of(logical("int", "date")),
        of(logical("long", "time-micros")),
        "~ f  type  date -> time-micros",
    ),
    "logical type and optional": (of("string"), of(["null", logical("string", "uuid")]), "~ f  type  string -> uuid?"),
    "decimal": (of(decimal(12, 2)), of(decimal(14, 4)), "~ f  logicalType  decimal(12, 2) -> decimal(14, 4)"),
    "items": (of(array("int")), of(array("long")), "~ f[]  type  int -> long"),
    "values": (of(mapping("int")), of(mapping(["null", "int"])), "~ f{}  type  int -> int?"),
    "items of items": (of(array(mapping("int"))), of(array(mapping("long"))), "~ f[]{}  type  int -> long"),
    "array for map": (of(array("int")), of(mapping("int")), "~ f  type  array<int> -> map<int>"),
    "optional array": (
        of(array("int")),
        of(["null", array("long")]),
        "~ f    type  array<int> -> array<long>?\n~ f[]  type  int -> long",
    ),
    "a schema that is no record": (array("int"), array("long"), "~ []  type  int -> long"),
    "a union without branches": (of([]), of("int"), "~ f  type  union<> -> int"),
    "a union of one": (of("int"), of(["int"]), "~ f  type  int -> union<int>"),
    # unions
    "branches": (
        of(["null", "int", "string"]),
        of(["null", "string", "boolean"]),
        "~ f  branches  - int\n     branches  + boolean",
    ),
    "branches in another order": (
        of(["int", "null", "string"]),
        of(["null", "int", "string"]),
        "~ f  order of branches  int, null -> null, int",
    ),
    "union for one of its branches": (
        of(["null", "int", "string"]),
        of(["null", "int"]),
        "~ f  type  null | int | string -> int?",
    ),
    "one of its branches for a union": (of("int"), of(["int", "string"]), "~ f  type  int -> int | string"),
    "inside of a branch": (
        of(["string", STREET]),
        of(["string", STREETS]),
        "~ f(Address).street  type  string -> string?",
    ),
    "logical type of a branch": (
        of(["int", "string"]),
        of(["int", logical("string", "uuid")]),
        "~ f(string)  logicalType  none -> uuid",
    ),
    "branch that came": (
        of(["null", "string"]),
        of(["null", "string", STREET]),
        "~ f                  type  string? -> null | string | Address\n+ f(Address).street  string",
    ),
    "branch renamed": (
        of(["string", STREET]),
        of(["string", {**STREETS, "name": "a.Location", "aliases": ["Address"]}]),
        """\
~ f(Location)  type  Address -> Location
  ~ street     type  string -> string?""",
    ),
    # named types
    "record renamed": (
        of(STREET),
        of({**STREETS, "name": "a.Location", "aliases": ["Address"]}),
        "~ f         type  Address -> Location\n  ~ street  type  string -> string?",
    ),
    "record renamed without alias": (
        of(STREET),
        of({**STREETS, "name": "a.Location"}),
        "~ f         type  Address -> Location\n  ~ street  type  string -> string?",
    ),
    "record for another that was there": (
        record(field("f", STREET), field("g", record(name="a.Other"))),
        record(field("f", record(name="a.Other")), field("g", STREET)),
        "~ f  type  Address -> Other\n~ g  type  Other -> Address",
    ),
    "namespace": (of(enum("A", name="a.E")), of(enum("A", name="b.E")), "~ f  type  a.E -> b.E"),
    "record for enum of one name": (
        of(record(field("x", "int"), name="a.E")),
        of(enum("A")),
        """\
~ f    type    record a.E -> enum a.E
       enum E  A
  - x  int""",
    ),
    "a type called like a primitive": (
        record(field("f", logical("int", "date")), name="R"),
        record(field("f", record(name="date")), name="R"),
        "~ f  type  date -> record date",
    ),
    "types of one short name": (
        of(["null", enum("A", name="a.E")]),
        record(field("f", ["null", enum("A", name="a.E")]), field("g", enum("B", name="b.E"))),
        "+ g  b.E\n     enum E  B",
    ),
    "symbols": (
        of(enum("A", "B", "C")),
        of(enum("C", "A", "D")),
        """\
~ f  symbols of E           - B
     symbols of E           + D
     order of symbols of E  A, C -> C, A""",
    ),
    "default of an enum": (of(enum("A")), of(enum("A", default="A")), '~ f  default of E  none -> "A"'),
    "size": (of(fixed(2)), of(fixed(3)), "~ f  size of F  2 -> 3"),
    "logical type of a fixed": (
        of(fixed(16)),
        of(fixed(16, logicalType="uuid")),
        "~ f  logicalType of F  none -> uuid",
    ),
    "doc of a type": (of(enum("A", doc="x")), of(enum("A", doc="y")), '~ f  doc of E  "x" -> "y"'),
    "aliases of a type": (of(enum("A")), of(enum("A", aliases=["b.X"])), "~ f  aliases of E  + b.X"),
    "an error": (
        of(record(name="a.X")),
        of({**record(name="a.X"), "type": "error"}),
        "~ f  type of X  record -> error",
    ),
    "what comes with a field": (
        record(),
        of(array(["null", record(field("e", enum("A")), field("h", mapping(fixed(2))), name="a.New")])),
        """\
+ f      array<New?>
  f[]
  + e    E
         enum E  A
  + h    map<F>
  + h{}  fixed F  2 bytes""",
    ),
    "what goes with a field": (of(STREET), record(), "- f         Address\n  - street  string"),
    "a type that moved to another field": (
        of(STREET),
        record(field("g", STREETS)),
        "- f         Address\n+ g         Address\n  ~ street  type  string -> string?",
    ),
    "a type that is met again": (
        record(field("f", STREET), field("g", array("a.Address"))),
        record(field("f", STREETS), field("g", array("a.Address"))),
        "~ f.street  type  string -> string?\n~ g[]       as f",
    ),
    "a type that is met again unchanged": (
        record(field("f", STREET), field("g", array("a.Address"))),
        record(field("f", STREET), field("g", array("a.Address")), field("h", "int")),
        "+ h  int",
    ),
    "recursion": (NODE, NODE_MORE, "+ size  int"),
    "recursion over two": (PING, PING_MORE, "+ pong.n  int"),
    "only docs at the top": (record(doc="x"), record(doc="y"), '~ R  doc  "x" -> "y"'),
    "renamed at the top": (record(name="a.R"), record(name="b.R", aliases=["a.R"]), "~ R  type  a.R -> b.R"),
    # contracts
    "contract": (
        contract(channel="c", key="id"),
        contract(channel="d", partitions=8),
        """\
~ R  contract.channel     "c" -> "d"
     contract.key         "id" -> none
     contract.partitions  none -> 8""",
    ),
    "level": (
        contract(),
        contract(compatibility="BACKWARD"),
        '~ R  contract.compatibility  "FULL_TRANSITIVE" -> "BACKWARD"',
    ),
    "level that was implied": (contract(), contract(compatibility="FULL_TRANSITIVE"), ""),
    "kind": (
        contract(),
        record(contract={"kind": "snapshot"}),
        """\
~ R  contract.kind           "event" -> "snapshot"
     contract.compatibility  "FULL_TRANSITIVE" -> "NONE\"""",
    ),
    "contract deprecated": (
        contract(deprecated={"since": "1"}),
        contract(deprecated={"since": "1", "use": "a.S"}),
        '~ R  contract.deprecated.use  none -> "a.S"',
    ),
    "contract that is none": (record(contract=3), record(contract=4), "~ R  contract  3 -> 4"),
    # long texts
    "long texts": (
        of("int", doc=f"It has {'a long ' * 20}beginning, and then it goes on."),
        of("int", doc=f"It has {'a long ' * 20}beginning, and then it ends."),
        '~ f  doc  … then it goes on." -> … then it ends."',
    ),
    "long texts that differ twice": (
        of("int", doc=f"The one thing and {'a long ' * 20}way from it the other."),
        of("int", doc=f"The first thing and {'a long ' * 20}way from it the second and the last."),
        '~ f  doc  "The one thing and … it the other."\n'
        '          -> "The first thing and … it the second and the last."',
    ),
    "long texts that differ": (
        of("int", doc="old " * 15 + "x"),
        of("int", doc="new " * 15 + "x"),
        f'~ f  doc  "{"old " * 15}x"\n          -> "{"new " * 15}x"',
    ),
    "many symbols": (
        of(enum("A")),
        of(enum("A", *(f"SYMBOL_{n}" for n in range(12)))),
        """\
~ f  symbols of E  + SYMBOL_0, SYMBOL_1, SYMBOL_2, SYMBOL_3, SYMBOL_4, SYMBOL_5, SYMBOL_6, SYMBOL_7,
                     SYMBOL_8, SYMBOL_9, SYMBOL_10, SYMBOL_11""",
    ),
    "a long path beside short ones": (
        record(field("a", "int"), field("b" * 60, "int")),
        record(field("a", "long"), field("b" * 60, "long")),
        f"~ a  type  int -> long\n~ {'b' * 60}  type  int -> long",
    ),
}


def shown(old: Any, new: Any) -> str:
    """Return the tree of what differs."""
    return textwrap.dedent("\n".join(line.text for line in tree("a.R", changes(parse(old), parse(new)))))


@pytest.mark.parametrize("name", ROWS)
def test_table(name: str) -> None:
    old, new, expected = ROWS[name]
    assert shown(old, new) == expected
    assert shown(old, old) == shown(new, new) == ""
