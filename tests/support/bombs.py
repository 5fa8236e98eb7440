"""Messages of a few bytes that would cost hours or gigabytes, if a decoder believed them.

Run as a program with a folder, it explodes each under a limit of 1 GiB and prints what came of it as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import tracemalloc
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from tests.support.build import array, decimal, enum, fixed, logical, map_, optional, record
from tests.support.generated import Generated, generate
from tests.support.mutate import varint
from tests.support.project import make_project

Json = Any

SCHEMAS = (
    record("Nothing"),
    record("Nulls", ("x", array("null"))),
    record("Empties", ("x", array("Nothing"))),
    record("NoBytes", ("x", array(fixed("Zero", 0)))),
    record("Nested", ("x", array(array(array("null"))))),
    record("Longs", ("x", array("long"))),
    record("Entries", ("x", map_("null"))),
    record("Texts", ("x", "string")),
    record("Raw", ("x", "bytes")),
    record("Linked", ("next", optional("Linked"))),
    record("Tree", ("children", array("Tree"))),
    record("Trie", ("next", map_("Trie"))),
    record("Endless", ("again", "Endless")),
    record("Precise", ("x", decimal(20_000))),
    record("Money", ("x", decimal(9, 2))),
    record("Big", ("x", logical("bytes", "big-decimal"))),
    record("Old", ("x", "int", 0)),
    record("Maybe", ("x", ["null", "string", array("Maybe")], None)),
)


class Bomb(NamedTuple):
    """Bytes, the class to read them as, the writer's schema where it is a foreign one, and what comes of it.

    The outcome is "a value", or the message of the DecodeError.
    """

    class_: str
    body: bytes
    outcome: str
    writer: str = ""


def _bare(class_: str, body: bytes, outcome: str) -> Bomb:
    return Bomb(class_, body, f"{class_}{outcome}" if outcome != VALUE else outcome)


def _foreign(schema: Json, body: bytes, outcome: str, class_: str = "Old") -> Bomb:
    """A writer that nobody knows, whose schema a resolver gives."""
    return Bomb(class_, body, outcome, schema if isinstance(schema, str) else json.dumps(schema))


VALUE = "a value"
MANY = "more than 65536 array items of no width in one message"
DEEP = "records are nested deeper than 128"


def _doubling(levels: int, **more: Json) -> Json:
    """A schema of few lines whose value has two to the power of `levels` parts."""
    schema = record("T0", *([("n", "int", 0)] if more else []))
    for level in range(1, levels):
        fields = [{"name": "a", "type": schema, **more}, {"name": "b", "type": f"T{level - 1}", **more}]
        schema = record(f"T{level}", *fields)
    return schema


def _nested(depth: int, inner: Json, kind: str = "array") -> str:
    key = "items" if kind == "array" else "values"
    return f'{{"type":"{kind}","{key}":' * depth + json.dumps(inner) + "}" * depth


def _field(schema: str) -> str:
    return f'{{"type":"record","name":"Old","fields":[{{"name":"gone","type":{schema}}}]}}'


BOMBS: dict[str, Bomb] = {
    "134 million nulls in five bytes": _bare("Nulls", varint(2**27) + b"\0", ""),
    "134 million empty records": _bare("Empties", varint(2**27) + b"\0", ""),
    "134 million fixeds of no bytes": _bare("NoBytes", varint(2**27) + b"\0", ""),
    "2**62 nulls": _bare("Nulls", varint(2**62) + b"\0", ""),
    "-2**62 nulls": _bare("Nulls", varint(-(2**62)) + b"\0\0", ""),
    "-2**63 nulls": _bare("Nulls", varint(-(2**63)) + b"\0\0", ""),
    "many blocks of nulls": _bare("Nulls", (varint(65_536) + b"") * 2 + b"\0", ""),
    "as many nulls as may be": _bare("Nulls", varint(65_536) + b"\0", VALUE),
    "nested lists of nulls": _bare("Nested", varint(2**40) * 3 + b"\0", ""),
    "nested lists, each full of nulls": _bare("Nested", b"\x02\x80\x01" + (varint(65_000) + b"\0") * 64 + b"\0\0", ""),
    "2**62 longs": _bare("Longs", varint(2**62) + b"\2" * 100, ""),
    "-2**62 longs in 2**62 bytes": _bare("Longs", varint(-(2**62)) + varint(2**62) + b"\2" * 100, ""),
    "2**62 entries": _bare("Entries", varint(2**62) + b"\2a", ""),
    "a string of 2**62 bytes": _bare("Texts", varint(2**62) + b"x" * 50, ""),
    "a string of -1 bytes": _bare("Texts", varint(-1) + b"x" * 50, ""),
    "bytes of 2**63 - 1": _bare("Raw", varint(2**63 - 1), ""),
    "a number that never ends": _bare("Raw", b"\x80" * 100_000, ""),
    "100,000 records in one another": _bare("Linked", b"\2" * 100_000 + b"\0", ""),
    "100,000 records in one another, in lists": _bare("Tree", b"\2" * 100_000 + b"\0" * 100_000, ""),
    "100,000 records in one another, in maps": _bare("Trie", b"\2\0" * 100_000 + b"\0" * 100_000, ""),
    "100,000 lists of lists": _bare("Maybe", b"\4\2" * 100_000, ""),
    "a record that always holds another": _bare("Endless", b"", ""),
    "a decimal of 10 MB": _bare("Precise", varint(10_000_000) + b"\x7f" * 10_000_000, ""),
    "a short decimal of 10 MB": _bare("Money", varint(10_000_000) + b"\0" * 10_000_000, ""),
    "the longest decimal": _bare("Precise", varint(8192) + b"\0" * 100 + b"\x7f" * 8092, VALUE),
    "a big-decimal of 10 MB": _bare("Big", varint(10_000_005) + varint(10_000_000) + b"\x7f" * 10_000_000 + b"\0", ""),
    "scale 2**31": _bare("Big", varint(7) + b"\2\1" + varint(2**31), ""),
    "scale 2**31 - 1": _bare("Big", varint(7) + b"\2\1" + varint(2**31 - 1), VALUE),
    "scale -2**31": _bare("Big", varint(7) + b"\2\1" + varint(-(2**31)), VALUE),
    "schema: 10,000 lists in one another": _foreign(_field(_nested(10_000, "int")), b"\2" * 10_000, ""),
    "schema: 10,000 maps in one another": _foreign(_field(_nested(10_000, "int", "map")), b"\2" * 10_000, ""),
    "schema: 100,000 brackets": _foreign("[" * 100_000, b"", ""),
    "schema: 199 lists in one another": _foreign(_field(_nested(190, "null")), b"\2" * 190, ""),
    "schema: doubling records": _foreign(record("Old", ("gone", _doubling(40))), b"", ""),
    "schema: doubling defaults": _foreign(record("Old", ("gone", _doubling(40, default={}), {})), b"", ""),
    "schema: a union of 10,000": _foreign(
        record("Old", ("gone", ["null", *(fixed(f"F{at}", 1) for at in range(10_000))])), b"\0", VALUE
    ),
    "schema: a union of 10,000, read by a union": _foreign(
        record("Maybe", ("x", ["null", *(fixed(f"F{at}", 1) for at in range(10_000))])), b"\0", VALUE, "Maybe"
    ),
    "schema: 20,000 fields": _foreign(record("Old", *((f"f{at}", "null") for at in range(20_000))), b"", VALUE),
    "schema: 20,000 aliases": _foreign(record("Old", aliases=[f"A{at}" for at in range(20_000)]), b"", VALUE),
    "schema: 100,000 symbols": _foreign(
        record("Old", ("gone", enum("E", *(f"S{at}" for at in range(100_000))))), b"\0", VALUE
    ),
    "schema: a fixed of 2**62 bytes": _foreign(record("Old", ("gone", fixed("F", 2**62))), b"", ""),
    "schema: a precision of 10**9": _foreign(
        record("Old", ("x", decimal(10**9, 10**9))), varint(4) + b"abcd", "", "Money"
    ),
    "schema: a number of 100,000 digits": _foreign(record("Old", ("gone", fixed("F", 1))).__class__ and
        '{"type":"fixed","name":"F","size":' + "9" * 100_000 + "}", b"", ""),
    "foreign: many nulls dropped": _foreign(record("Old", ("gone", array("null"))), varint(2**62) + b"\0", ""),
    "foreign: lists of records of nulls": _foreign(
        record("Old", ("gone", array(record("R", ("b", "boolean"), *((f"n{at}", "null") for at in range(50)))))),
        varint(50_000) + b"\1" * 50_000 + b"\0", "",
    ),
    "foreign: deep recursion dropped": _foreign(
        record("Old", ("gone", record("L", ("next", optional("L"))))), b"\2" * 100_000, ""
    ),
}


def main() -> None:
    """Explode all bombs, and print outcome, seconds, bytes at the peak, and bytes of each."""
    root = make_project(Path(sys.argv[1]), {"all.avsc": list(SCHEMAS)}, 'package = "bombs"')
    assert generate(root).findings == []
    generated = Generated(root, "bombs")
    for schema in SCHEMAS:  # loads all modules, whose memory is no message's
        _explode(generated, Bomb(schema["name"], b"", "", ""))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    json.dump({name: _measured(generated, bomb) for name, bomb in BOMBS.items()}, sys.stdout)


def _measured(generated: Generated, bomb: Bomb) -> tuple[str, float, int, int]:
    start = perf_counter()
    outcome = _explode(generated, bomb)
    seconds = perf_counter() - start
    tracemalloc.start()
    _explode(generated, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return outcome, seconds, peak, len(bomb.body) + len(bomb.writer)


def _explode(generated: Generated, bomb: Bomb) -> str:
    class_ = generated.registry.class_of(bomb.class_)
    try:
        value = generated.bare.decode(bomb.body, class_, bomb.writer or None)
    except generated.package.DecodeError as error:
        return str(error)
    assert generated.bare.decode(generated.bare.encode(value), class_) == value
    return VALUE


if __name__ == "__main__":
    main()
