"""Reading what older versions wrote as today's class, beside fastavro's resolving reader, which makes dicts."""

from __future__ import annotations

import importlib
import io
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.models import build
from benchmarks.peers import writer
from benchmarks.project import CannotRun, avow, project, write_schema
from benchmarks.shapes import NAMESPACE, Datum, Json, Shape, all_shapes
from benchmarks.table import show
from benchmarks.timing import Job, interleaved

ROUNDS = 25
AIM = 3.3
HEADER = ("", "us", "x fastavro", "aim")


class Older(NamedTuple):
    """What an event looked like before: its schema, and a datum of today as it was written then."""

    schema: Json
    datum: Callable[[Datum], Datum]


def main() -> None:
    """Print the table, or in one line why it cannot be measured."""
    shapes = all_shapes()
    older = {shape.name: OLDER[shape.name](shape.schema) for shape in shapes}
    files = {f"{NAMESPACE}/{shape.name}.avsc": _contract(older[shape.name].schema) for shape in shapes}
    try:
        with project(files) as folder:
            avow(folder, "release")
            for shape in shapes:
                write_schema(folder / "schemas" / NAMESPACE / f"{shape.name}.avsc", _contract(shape.schema))
            avow(folder, "generate")
            for shape in shapes:
                show(*_table(folder, shape, older[shape.name]))
    except CannotRun as why:
        print(f"versions: {why}\n")


def _contract(schema: Json) -> Json:
    return {**schema, "contract": {"kind": "event", "compatibility": "BACKWARD_TRANSITIVE"}}


def _table(folder: Path, shape: Shape, older: Older) -> tuple[str, tuple[str, ...], list[list[str]]]:
    contracts = _contracts(folder)
    bodies = [writer(older.schema)(older.datum(datum)) for datum in shape.data]
    messages = [_header(folder, shape) + body for body in bodies]
    read = _fastavro(older.schema, shape.schema)
    _hold(contracts, shape, messages)
    jobs = {"fastavro, to dicts": Job(read, bodies), "avow, to today's class": Job(contracts.decode, messages)}
    times = interleaved(jobs, ROUNDS)
    slow = times["fastavro, to dicts"]
    rows = [[name, f"{nanos / 1000:.2f}", f"{slow / nanos:.2f}", ""] for name, nanos in times.items()]
    rows[1][3] = str(AIM)
    size = statistics.mean(len(body) for body in bodies)
    return f"an older {shape.name}: {len(bodies)} values, {size:.0f} bytes on average", HEADER, rows


def _contracts(folder: Path) -> Any:
    for name in [name for name in sys.modules if name.partition(".")[0] == "contracts"]:
        del sys.modules[name]
    sys.path.insert(0, str(folder / "generated"))
    try:
        return importlib.import_module("contracts")
    finally:
        sys.path.remove(str(folder / "generated"))


def _header(folder: Path, shape: Shape) -> bytes:
    """The header of the messages of the only version that was released."""
    import json

    content = json.loads((folder / f"schemas/released/{shape.full_name}/versions.json").read_text(encoding="utf-8"))
    return b"\xc3\x01" + int(content["versions"][0]["fingerprint"], 16).to_bytes(8, "little")


def _fastavro(old: Json, new: Json) -> Callable[[bytes], Any]:
    import fastavro

    before, today = fastavro.parse_schema(old), fastavro.parse_schema(new)
    return lambda data: fastavro.schemaless_reader(io.BytesIO(data), before, today)


def _hold(contracts: Any, shape: Shape, messages: list[bytes]) -> None:
    """What is timed has to be right: each message is today's value, or that with the default where it was not said."""
    module = getattr(contracts, NAMESPACE)
    of = {name: getattr(module, name) for name in module.__all__}
    for message, datum in zip(messages, shape.data, strict=True):
        expected = build(shape.schema, of, {**datum, **UNSAID[shape.name]})
        if contracts.decode(message) != expected:
            raise CannotRun(f"an older {shape.name} is read as another value")


# what the three events were before: fields that went and came, whole numbers that were shorter, another order


def _flat(today: Json) -> Older:
    fields = [field for field in today["fields"] if field["name"] != "note"]
    fields[0] = {**fields[0], "type": "int"}
    fields.insert(4, {"name": "channel", "type": "string"})
    fields.append({"name": "priority", "type": "double"})
    return Older({**today, "fields": fields}, lambda datum: {**datum, "channel": "letter", "priority": 0.5})


def _nested(today: Json) -> Older:
    envelope, status, address, payment, lines = today["fields"]
    trace = {"name": "trace", "type": {"type": "record", "name": "Trace", "fields": [{"name": "id", "type": "string"}]}}
    outer = {**envelope["type"], "fields": [*envelope["type"]["fields"], trace]}
    branches = {**payment, "type": payment["type"][::-1]}
    weight = {"name": "weight", "type": ["null", "long"]}
    line = {**lines["type"]["items"], "fields": [*lines["type"]["items"]["fields"], weight]}
    items = {**lines, "type": {**lines["type"], "items": line}}
    fields = [status, {**envelope, "type": outer}, branches, address, items]

    def datum(value: Datum) -> Datum:
        lines = [{**line, "weight": 100} for line in value["lines"]]
        return {**value, "envelope": {**value["envelope"], "trace": {"id": "4bf92f3577b34da6"}}, "lines": lines}

    return Older({**today, "fields": fields}, datum)


def _wide(today: Json) -> Older:
    kept = [field for field in today["fields"] if field["type"] != ["null", "string"]]
    shorter = [{**field, "type": "int"} if field["type"] == "long" else field for field in kept]
    gone = [{"name": f"gone_{number}", "type": of} for number, of in enumerate(["string", "long", "double", "boolean"])]
    values = {"gone_0": "amber", "gone_1": 70_000, "gone_2": 1.5, "gone_3": True}
    return Older({**today, "fields": [*shorter[:40], *gone, *shorter[40:]]}, lambda datum: {**datum, **values})


OLDER = {"Flat": _flat, "Nested": _nested, "Wide": _wide}
UNSAID: dict[str, Datum] = {
    "Flat": {"note": None},
    "Nested": {},
    "Wide": {f"field_{number:02}": None for number in range(4, 100, 6)},
}
