"""Checking a pair of schemas, with every reason, beside the checker of Apache Avro's own package for Python.

Both get schemas that are parsed already, and a checker of its own for each pair: theirs remembers pairs.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from benchmarks.corpus import corpus
from benchmarks.project import CannotRun, project
from benchmarks.shapes import Json
from benchmarks.table import show
from benchmarks.timing import Job, interleaved

FILES = 210
ROUNDS = 15
HEADER = ("", "us", "avro / avow", "aim")
AIMS = {"different": 4, "equal": 20}


class Pair(NamedTuple):
    """Two versions of one contract, self-contained, as JSON."""

    reader: Json
    writer: Json


def main() -> None:
    """Print a table for pairs that differ and one for pairs that don't."""
    try:
        schemas = _schemas()
        rng = Random(FILES)
        pairs = {
            "different": [Pair(_changed(schema, rng), schema) for schema in schemas],
            "equal": [Pair(schema, schema) for schema in schemas],
        }
        for name, found in pairs.items():
            _compare(name, found)
    except (CannotRun, ImportError) as why:
        print(f"compat: {why}\n")


def _schemas() -> list[Json]:
    """The contracts of the corpus, each with all that it refers to."""
    from pathlib import Path

    from avow import config
    from avow.load.contracts import contracts_in
    from avow.load.tree import load
    from avow.runtime.canonical import inlined

    with project(corpus(FILES).files()) as folder:
        tree = load(config.find(Path(folder)))
        return [inlined(contract) for contract in contracts_in(tree.schemas).values()]


def _compare(name: str, pairs: list[Pair]) -> None:
    theirs, ours = _theirs(pairs), _ours(pairs)
    compatible = [_avro(pair) for pair in theirs]
    reasons = [_avow(pair) for pair in ours]
    _agree(compatible, reasons)
    times = interleaved({"avro": Job(_avro, theirs), "avow": Job(_avow, ours)}, ROUNDS)
    rows = [[each, f"{nanos / 1000:.1f}", f"{times['avro'] / nanos:.1f}", ""] for each, nanos in times.items()]
    rows[1][3] = str(AIMS[name])
    found = sum(map(len, reasons))
    title = f"{len(pairs)} pairs of {name} schemas, 3.3 kB each with docs: avow says {found} reasons"
    show(title, HEADER, rows)


def _agree(compatible: list[bool], reasons: list[list[Any]]) -> None:
    """What is timed has to be right: a pair that one of the two calls compatible is so for the other."""
    ours = [all(reason.severity != "error" for reason in found) for found in reasons]
    if ours != compatible:
        raise CannotRun(f"the two disagree on {sum(a != b for a, b in zip(ours, compatible, strict=True))} pairs")


def _theirs(pairs: list[Pair]) -> list[tuple[Any, Any]]:
    from avro.schema import parse

    return [(parse(json.dumps(pair.reader)), parse(json.dumps(pair.writer))) for pair in pairs]


def _avro(pair: tuple[Any, Any]) -> bool:
    from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType

    found = ReaderWriterCompatibilityChecker().get_compatibility(*pair)
    return bool(found.compatibility == SchemaCompatibilityType.compatible)


def _ours(pairs: list[Pair]) -> list[tuple[Any, Any]]:
    from avow.runtime.parse import parse

    return [(parse(pair.reader), parse(pair.writer)) for pair in pairs]


def _avow(pair: tuple[Any, Any]) -> list[Any]:
    from avow.compat import check

    return check(*pair)


# what happens to a contract, breaking or not


def _changed(schema: Json, rng: Random) -> Json:
    new = copy.deepcopy(schema)
    for change in rng.sample(_CHANGES, 2):
        change(new["fields"])
    return new


def _remove(fields: list[Json]) -> None:
    del fields[-1]


def _require(fields: list[Json]) -> None:
    fields.append({"name": "reason", "type": "string"})


def _offer(fields: list[Json]) -> None:
    fields.append({"name": "hint", "type": ["null", "string"], "default": None})


def retype(fields: list[Json]) -> None:
    """Give a field of a contract another type, which breaks readers and writers of what there was."""
    fields[2]["type"] = "long"


def _widen(fields: list[Json]) -> None:
    automatic = fields[7]["type"][1]
    automatic["fields"][1]["type"] = "long"


def _lose_symbol(fields: list[Json]) -> None:
    fields[3]["type"]["symbols"].remove("PHONE")
    del fields[3]["type"]["default"]


def _lose_branch(fields: list[Json]) -> None:
    del fields[7]["type"][0]


_CHANGES: list[Callable[[list[Json]], None]] = [_remove, _require, _offer, retype, _widen, _lose_symbol, _lose_branch]
