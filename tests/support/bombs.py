"""Messages of a few bytes that would cost hours or gigabytes, if a decoder believed them.

Run as a program with a folder, it explodes each under a limit of 1 GiB and prints what came of it as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import tracemalloc
from pathlib import Path
from time import process_time
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
    record("Text", ("x", "string")),
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
    """Bytes, the class to read them as, what comes of it, and the writer's schema where it is a foreign one.

    The outcome is A_VALUE, or the message of the DecodeError.
    """

    class_: str
    body: bytes
    outcome: str
    writer: str = ""


A_VALUE = "a value"
MANY = "more than 65536 array items of no width in one message"
ENDS = "the bytes end inside a number"
DEEP = "records are nested deeper than 128"
INVALID = "the writer's schema: not a valid schema: "
TOO_NESTED = f"{INVALID}nested too deeply for the stack that is left"
LONG = "of 10000000 bytes; at most 8192 are read"
TEN_MB = 10_000_000


def _path(step: str, times: int = 12) -> str:
    """A path of 128 records, as messages shorten it: twelve steps at each end."""
    return f"{step * times}…{step * times}"


def _old(gone: Json) -> str:
    """A writer's schema with one field, which nobody reads."""
    return json.dumps(record("Old", ("gone", gone)))


def _nested(depth: int, kind: str, inner: str) -> str:
    """A writer's schema with one type around the other, put together by hand: json.dumps gives up before."""
    schema = f'{{"type": "array", "{kind}": ' * depth + inner + "}" * depth
    return f'{{"type": "record", "name": "Old", "fields": [{{"name": "gone", "type": {schema}}}]}}'


def _doubling(levels: int, **more: Json) -> Json:
    """A schema of few lines, whose only value has two to the power of `levels` parts."""
    schema: Json = record("T0")
    for level in range(1, levels):
        fields = [{"name": "a", "type": schema, **more}, {"name": "b", "type": f"T{level - 1}", **more}]
        schema = record(f"T{level}", *fields)
    return schema


def _nulls(count: int) -> Json:
    """A record of one byte and many nulls."""
    return record("Row", ("b", "boolean"), *((f"n{at}", "null") for at in range(count)))


def _unknown(at: int) -> str:
    return f'UNKNOWN_TYPE fields[{at}].type: "nonsense" is not defined'


_KEYS = _path(".next['']", 6)
_FIXED = [fixed(f"F{at}", 1) for at in range(10_000)]
_LISTS = b"\x02\x80\x01" + (varint(65_000) + b"\0") * 64 + b"\0\0"

BOMBS: dict[str, Bomb] = {
    "five bytes of 134 million nulls": Bomb("Nulls", varint(2**27), f"Nulls.x (byte 5): {MANY}"),
    "134 million empty records": Bomb("Empties", varint(2**27) + b"\0", f"Empties.x (byte 5): {MANY}"),
    "134 million fixeds of no bytes": Bomb("NoBytes", varint(2**27) + b"\0", f"NoBytes.x (byte 5): {MANY}"),
    "2**62 nulls": Bomb("Nulls", varint(2**62) + b"\0", f"Nulls.x (byte 10): {MANY}"),
    "-2**62 nulls": Bomb("Nulls", varint(-(2**62)) + b"\0\0", f"Nulls.x (byte 10): {MANY}"),
    "-2**63 nulls": Bomb("Nulls", varint(-(2**63)) + b"\0\0", f"Nulls.x (byte 11): {MANY}"),
    "many nulls in two blocks": Bomb("Nulls", varint(65_536) * 2 + b"\0", f"Nulls.x (byte 6): {MANY}"),
    "as many nulls as may be": Bomb("Nulls", varint(65_536) + b"\0", A_VALUE),
    "lists of nulls, nested": Bomb("Nested", varint(2**40) * 3 + b"\0", f"Nested.x[0][0] (byte 18): {MANY}"),
    "many lists full of nulls": Bomb("Nested", _LISTS, f"Nested.x[0][1] (byte 10): {MANY}"),
    "2**62 longs": Bomb("Longs", varint(2**62) + b"\2" * 100, f"Longs.x[100] (byte 110): {ENDS}"),
    "-2**62 longs in 2**62 bytes": Bomb(
        "Longs", varint(-(2**62)) + varint(2**62) + b"\2" * 100, f"Longs.x[100] (byte 119): {ENDS}"
    ),
    "2**62 entries": Bomb("Entries", varint(2**62) + b"\2a", f"Entries.x (byte 12): {ENDS}"),
    "a string of 2**62 bytes": Bomb(
        "Text", varint(2**62) + b"x" * 50, "Text.x (byte 10): 4611686018427387904 bytes are claimed and 50 are left"
    ),
    "a string of -1 bytes": Bomb("Text", b"\1x", "Text.x (byte 1): -1 bytes are claimed and 1 are left"),
    "2**63 - 1 bytes": Bomb(
        "Raw", varint(2**63 - 1), "Raw.x (byte 10): 9223372036854775807 bytes are claimed and 0 are left"
    ),
    "a number that never ends": Bomb(
        "Raw", b"\x80" * 100_000, "Raw.x (byte 0): a number goes on for more than 10 bytes"
    ),
    "100,000 records, nested": Bomb("Linked", b"\2" * 100_000 + b"\0", f"Linked{_path('.next')} (byte 128): {DEEP}"),
    "100,000 records in lists": Bomb(
        "Tree", b"\2" * 100_000 + b"\0" * 100_000, f"Tree{_path('.children[0]', 6)} (byte 128): {DEEP}"
    ),
    "100,000 records in maps": Bomb("Trie", b"\2\0" * 100_000 + b"\0" * 100_000, f"Trie{_KEYS} (byte 256): {DEEP}"),
    "100,000 records in optional lists": Bomb(
        "Maybe", b"\4\2" * 100_000, f"Maybe{_path('.x[0]', 6)} (byte 256): {DEEP}"
    ),
    "a record that always holds another": Bomb("Endless", b"", f"Endless{_path('.again')} (byte 0): {DEEP}"),
    "a decimal of 10 MB": Bomb(
        "Precise",
        varint(TEN_MB) + b"\x7f" * TEN_MB,
        f"Precise.x (byte 0): a decimal {LONG}",
    ),
    "a decimal of 9 digits and 10 MB": Bomb(
        "Money", varint(TEN_MB) + b"\0" * TEN_MB, f"Money.x (byte 0): a decimal {LONG}"
    ),
    "the longest decimal": Bomb("Precise", varint(8192) + b"\0" * 100 + b"\x7f" * 8092, A_VALUE),
    "a big-decimal of 10 MB": Bomb(
        "Big",
        varint(TEN_MB + 5) + varint(TEN_MB) + b"\x7f" * TEN_MB + b"\0",
        f"Big.x (byte 0): a big-decimal {LONG}",
    ),
    "scale 2**31": Bomb(
        "Big", varint(7) + b"\2\1" + varint(2**31), "Big.x (byte 0): 2147483648 is not a 32-bit integer"
    ),
    "scale 2**31 - 1": Bomb("Big", varint(7) + b"\2\1" + varint(2**31 - 1), A_VALUE),
    "scale -2**31": Bomb("Big", varint(7) + b"\2\1" + varint(-(2**31)), A_VALUE),
    "a writer with 10,000 lists, nested": Bomb("Old", b"", TOO_NESTED, _nested(10_000, "items", '"int"')),
    "a writer with 10,000 maps, nested": Bomb("Old", b"", TOO_NESTED, _nested(10_000, "values", '"int"')),
    "a writer of 100,000 brackets": Bomb("Old", b"", TOO_NESTED, "[" * 100_000),
    "a writer with 100 lists, nested": Bomb(
        "Old", b"\2" * 100, f"Old.gone (byte 100): {ENDS}", _nested(100, "items", '"int"')
    ),
    "a writer of records that double": Bomb(
        "Old", b"", "Old.gone (byte 0): more than 250000 values of no width in one message", _old(_doubling(40))
    ),
    "a writer of defaults that double": Bomb(
        "Old",
        b"",
        "Old.gone (byte 0): more than 250000 values of no width in one message",
        json.dumps(
            record(
                "Old",
                ("gone", _doubling(40, default={}), {}),
                *((f"gone{at}", "T12", {}) for at in range(5_000)),
            )
        ),
    ),
    "a writer with a union of 10,000": Bomb("Old", b"\0", A_VALUE, _old(["null", *_FIXED])),
    "a writer with a union of 10,000, read by a union": Bomb(
        "Maybe", b"\0", A_VALUE, json.dumps(record("Maybe", ("x", ["null", *_FIXED])))
    ),
    "a writer of 20,000 fields": Bomb(
        "Old", b"", A_VALUE, json.dumps(record("Old", *((f"f{at}", "null") for at in range(20_000))))
    ),
    "a writer of 20,000 aliases": Bomb(
        "Old", b"", A_VALUE, json.dumps(record("Old", aliases=[f"A{at}" for at in range(20_000)]))
    ),
    "a writer of 100,000 symbols": Bomb("Old", b"\0", A_VALUE, _old(enum("E", *(f"S{at}" for at in range(100_000))))),
    "a writer of a fixed of 2**62 bytes": Bomb(
        "Old",
        b"",
        f"{INVALID}BAD_ATTRIBUTE fields[0].type.size: 4611686018427387904 is not a size: a whole number of bytes"
        " from 0 to 134217728",
        _old(fixed("F", 2**62)),
    ),
    "a writer of a thousand problems": Bomb(
        "Old",
        b"",
        f"{INVALID}{'; '.join(_unknown(at) for at in range(3))}; and 997 more",
        json.dumps(record("Old", *((f"f{at}", "nonsense") for at in range(1000)))),
    ),
    "a writer of decimals of 10**9 digits": Bomb(
        "Money",
        varint(4) + b"abcd",
        "Money.x (byte 0): the writer's decimals have 1000000000 digits after the point, the reader's 2",
        json.dumps(record("Money", ("x", decimal(10**9, 10**9)))),
    ),
    "a writer whose nulls are dropped": Bomb(
        "Old", varint(2**62) + b"\0", f"Old.gone (byte 10): {MANY}", _old(array("null"))
    ),
    "a writer whose rows of nulls are dropped": Bomb(
        "Old",
        varint(50_000) + b"\1" * 50_000 + b"\0",
        "Old.gone (byte 5004): more than 250000 values of no width in one message",
        _old(array(_nulls(50))),
    ),
    "a writer whose 100,000 records are dropped": Bomb(
        "Old", b"\2" * 100_000, f"Old.gone (byte 127): {DEEP}", _old(record("L", ("next", optional("L"))))
    ),
}


def main() -> None:
    """Explode all bombs; print for each the outcome, the seconds, and the bytes at the peak (0: only the limit)."""
    root = make_project(Path(sys.argv[1]), {"all.avsc": list(SCHEMAS)}, 'package = "bombs"')
    assert generate(root).findings == []
    generated = Generated(root, "bombs")
    for schema in SCHEMAS:  # loads all modules, whose memory is no message's
        _explode(generated, Bomb(schema["name"], b"", "", ""))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    json.dump({name: _measured(generated, bomb) for name, bomb in BOMBS.items()}, sys.stdout)


def _measured(generated: Generated, bomb: Bomb) -> tuple[str, float, int]:
    """Measure time and memory one after the other, as to follow memory takes time."""
    start = process_time()
    outcome = _explode(generated, bomb)
    seconds = process_time() - start
    return outcome, seconds, 0 if bomb.writer else _peak(generated, bomb)


def _peak(generated: Generated, bomb: Bomb) -> int:
    tracemalloc.start()
    _explode(generated, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _explode(generated: Generated, bomb: Bomb) -> str:
    class_ = generated.registry.class_of(bomb.class_)
    try:
        value = generated.bare.decode(bomb.body, class_, bomb.writer or None)
    except generated.package.DecodeError as error:
        return str(error)
    assert generated.bare.decode(generated.bare.encode(value), class_) == value
    return A_VALUE


if __name__ == "__main__":
    main()
