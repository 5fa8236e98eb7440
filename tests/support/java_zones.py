"""Where Avro for Java is no judge of what we say or read: each zone with its reason, and a pair that shows it.

"The table" is that of the decisions where implementations of Avro differ. What Java does there is tried on each
zone's example by `tests/integration/test_java_zones.py`, so no reason can go stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.support import java_disputes as about
from tests.support.build import array, decimal, enum, logical, optional, record
from tests.support.java import Java, Json, Named
from tests.support.java_judge import Case, Dispute, disputes


class Example(NamedTuple):
    """A pair on which Java parts from us, and a datum."""

    writer: Json
    reader: Json
    datum: str
    """In hexadecimal."""
    rules: str
    """What we find, separated by blanks."""
    java: Any
    """The value that Java reads, or a part of what it throws."""
    fast: tuple[Any] | None = None
    """The same of its fast reader, where that is something else."""
    java_unions: bool = False


class Zone(NamedTuple):
    """Disputes that are explained."""

    kinds: str
    """Kinds of disputes, separated by commas."""
    reason: str
    applies: Callable[[Dispute], bool]
    example: Example


def zone_of(dispute: Dispute) -> str | None:
    """Return the name of the zone that explains a dispute, None where nothing does."""
    for name, zone in ZONES.items():
        if dispute.kind in zone.kinds.split(", ") and zone.applies(dispute):
            return name
    return None


def unexplained(java: Java, case: Case) -> list[str]:
    """Return where Java parts from us and from what is said, outside all zones."""
    return [str(dispute) for dispute in disputes(case, case.read(java)) if zone_of(dispute) is None]


def _list(name: str, items: Json) -> Json:
    return record(name, ("x", array(items)))


_POINT = record("w.P", ("x", "int"))
_INNER = record("I", ("a", array("T")))
_TREE = record("T", ("a", array("T")), ("b", _INNER), ("c", optional("I")))
_LEAF = Named("T", {"a": [], "b": Named("I", {"a": []}), "c": None})
_TWIG = Named("T", {"a": [_LEAF], "b": Named("I", {"a": []}), "c": None})
_ENDLESS = record("M", ("x", "M"))

ZONES = {
    "names of records": Zone(
        "java reads, values differ",
        "The table: a record of another name, without alias, is an error. Java's Resolver.RecordAdjust compares no"
        " names, and its ReaderUnion takes any record whose fields match.",
        about.another_name,
        Example(_POINT, record("w.Q", ("x", "int")), "02", "NAME_CHANGED", Named("w.Q", {"x": 1})),
    ),
    "decimals": Zone(
        "java reads",
        "The table: another scale or a narrower precision is an error, and our interpreter is the reference. Java"
        " reads the unscaled number, whatever the writer's scale was.",
        lambda dispute: about.rule(dispute, "DECIMAL") and about.raw(dispute),
        Example(decimal(4, 1), decimal(4, 2), "0201", "DECIMAL_SCALE_CHANGED", b"\x01"),
    ),
    "units": Zone(
        "java reads",
        "The table: millis to micros is a semantic error; as Java does, we read the number in the reader's unit.",
        lambda dispute: about.rule(dispute, "UNIT_CHANGED") and about.raw(dispute),
        Example(logical("long", "timestamp-millis"), logical("long", "timestamp-micros"), "02", "UNIT_CHANGED", 1),
    ),
    "crossed aliases": Zone(
        "java reads, java fails, values differ",
        "The table: a crossed or ambiguous alias is an error, and our interpreter is the reference. Java's"
        " Schema.applyAliases renames the writer's fields first, also of types that nothing reads: a field that is"
        " there twice it refuses; it does so twice over, and two that traded names have them back.",
        about.crossed_aliases,
        Example(
            record("R", ("a", "int"), ("b", "int"), ("c", "int")),
            record("R", *({"name": name, "aliases": [alias], "type": "int"} for name, alias in ("ab", "ba"))),
            "020406",
            "ALIAS_CROSSED ALIAS_CROSSED",
            Named("R", {"a": 1, "b": 2}),
        ),
    ),
    "several candidates": Zone(
        "java reads, java fails, values differ",
        "The table: of several records of one short name the first is taken, which is an error where a later one"
        " would do; `java_unions` is the switch. Java takes the last that matches at a glance.",
        about.several_candidates,
        Example(
            _POINT,
            [record("a.P", ("x", "int")), record("b.P", ("x", "int"))],
            "02",
            "NAMESPACE_CHANGED",
            Named("b.P", {"x": 1}),
        ),
    ),
    "equal unions": Zone(
        "java reads",
        "Java's Resolver.WriterUnion reads unions that are equal but for namespaces branch by branch. `java_unions`"
        " looks at one branch at a time, so of several of one short name it may take another.",
        about.equal_unions,
        Example(
            record("w.Q", ("u", [_list("a.P", "int"), _list("b.P", "string")])),
            [record("x.Q", ("u", "int")), record("y.Q", ("u", [_list("c.P", "int"), _list("d.P", "string")]))],
            "00020200",
            "NAMESPACE_CHANGED NAMESPACE_CHANGED TYPE_CHANGED NAMESPACE_CHANGED",
            Named("y.Q", {"u": Named("c.P", {"x": [1]})}),
            java_unions=True,
        ),
    ),
    "namespaces in unions": Zone(
        "java fails",
        "The table: another namespace with the same short name is allowed, with a warning. Java's ReaderUnion takes an"
        " enum or a fixed by its full name only.",
        about.moved_in_a_union,
        Example(
            enum("w.E", "A"),
            optional(enum("r.E", "A")),
            "00",
            "NAMESPACE_CHANGED",
            "Found w.E, expecting union[null, E]",
        ),
    ),
    "namespaces and aliases": Zone(
        "java fails, values differ",
        "The table: another namespace is allowed, with a warning. Java's Schema.applyAliases goes by full names: it"
        " knows a field's aliases by its record's, and renames a type wherever it stands, whatever is expected there.",
        about.moved_with_aliases,
        Example(
            _POINT,
            record("r.P", {"name": "y", "aliases": ["x"], "type": "int", "default": 7}),
            "02",
            "NAMESPACE_CHANGED",
            Named("r.P", {"y": 7}),
        ),
    ),
    "bytes as text": Zone(
        "java reads",
        "The table: bytes to string is allowed, with a warning. Java has U+FFFD for what is not UTF-8; we refuse it.",
        about.not_utf8,
        Example("bytes", "string", "02ff", "BYTES_AS_STRING", "\ufffd"),
    ),
    "defaults of unions": Zone(
        "java fails, values differ",
        "The table: a default of a branch that is not the first is accepted. To ResolvingGrammarGenerator.encode any"
        " number is of the first branch that is one, any string of the first text, and everything of the first record,"
        " enum, array or map, whatever becomes of it.",
        about.later_default,
        Example(
            record("R"),
            record("R", ("x", ["int", "long"], 2**32 + 1)),
            "",
            "",
            Named("R", {"x": 1}),
        ),
    ),
    "empty arrays as defaults": Zone(
        "java fails",
        "FastReaderBuilder.getDefaultingStep makes the default [] of a union as if the union were the array, and fails;"
        " ResolvingDecoder does not.",
        about.empty_default,
        Example(
            record("R"),
            record("R", ("x", [array("int"), "null"], [])),
            "",
            "",
            Named("R", {"x": []}),
            fast=("Not an array: ",),
        ),
    ),
    "records without end": Zone(
        "java fails",
        "Records that hold themselves, of which there is no datum. ResolvingDecoder's Symbol.flattenedSize goes round"
        " in them until the stack is full, whatever is read; the fast reader does not.",
        about.endless,
        Example(
            ["null", _ENDLESS],
            ["null", _ENDLESS, "string"],
            "00",
            "",
            "StackOverflowError",
            fast=(None,),
        ),
    ),
    "holes": Zone(
        "java fails",
        "Recursive schemas. ResolvingDecoder's grammar has a hole where Symbol.flatten met a record before it was"
        " done, even where a schema reads itself; the fast reader, the default since 1.12, reads.",
        about.a_hole,
        Example(
            _TREE,
            _TREE,
            "000002020200000000000000",
            "",
            '"top" is null',
            fast=(Named("T", {"a": [], "b": Named("I", {"a": []}), "c": Named("I", {"a": [_TWIG]})}),),
        ),
    ),
}
