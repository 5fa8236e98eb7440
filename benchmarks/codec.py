"""Encode and decode of three events, avow beside its peers, in one process and interleaved."""

from __future__ import annotations

import importlib
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.models import build, same
from benchmarks.peers import PEERS, Codec, Peer, fastavro_dicts
from benchmarks.project import CannotRun, generate, project
from benchmarks.shapes import NAMESPACE, Shape, all_shapes
from benchmarks.table import show
from benchmarks.timing import Job, interleaved

ROUNDS = 25
REFERENCE = "fastavro dicts"
TYPED = "avow (bare body)"
AIMS = {"Flat": (3.4, 2.1), "Nested": (3.6, 2.3), "Wide": (2.6, 1.7)}
HEADER = ("", "encode us", "x fastavro", "aim", "decode us", "x fastavro", "aim")


class Unfit(Exception):
    """A peer cannot take part; the text says why."""


def main() -> None:
    """Print one table a shape, and under it who did not take part and why."""
    shapes = all_shapes()
    with project({f"{NAMESPACE}/{shape.name}.avsc": shape.schema for shape in shapes}) as folder:
        peers = [*_avow(folder), *PEERS]
        for shape in shapes:
            _compare(shape, peers)


def _avow(folder: Path) -> list[Peer]:
    """avow's two framings of the package that it generates there; none where it does not run."""
    try:
        generate(folder)
        sys.path.insert(0, str(folder / "generated"))
        contracts = importlib.import_module("contracts")
        module = importlib.import_module(f"contracts.{NAMESPACE}")
    except (CannotRun, ImportError) as why:
        print(f"avow is left out: {why}\n")
        return []
    bare = importlib.import_module("contracts.framing").bare
    return [
        Peer(TYPED, lambda shape: _bare(shape, module, bare)),
        Peer("avow (single-object)", lambda shape: _single_object(shape, module, contracts)),
    ]


def _bare(shape: Shape, module: Any, bare: Any) -> Codec:
    """Like for like with fastavro's schemaless functions: the body alone, the class named by the reader."""
    cls, decode = getattr(module, shape.name), bare.decode
    return Codec(_objects(shape, module), bare.encode, lambda data: decode(data, cls))


def _single_object(shape: Shape, module: Any, contracts: Any) -> Codec:
    """What services call: the fingerprint before the body says which schema wrote it."""
    return Codec(_objects(shape, module), contracts.encode, contracts.decode, header=10)


def _objects(shape: Shape, module: Any) -> list[Any]:
    classes = {name: getattr(module, name) for name in module.__all__}
    return [build(shape.schema, classes, datum) for datum in shape.data]


def _compare(shape: Shape, peers: list[Peer]) -> None:
    expected = _expected(shape)
    codecs, absent = _fit(shape, peers, expected)
    written = interleaved({name: Job(codec.encode, codec.values) for name, codec in codecs.items()}, ROUNDS)
    read = interleaved({name: Job(codec.decode, _messages(codec)) for name, codec in codecs.items()}, ROUNDS)
    size = statistics.mean(len(body) for body in expected)
    rows = [_row(name, shape, written, read) for name in codecs]
    show(f"{shape.name}: {len(expected)} values, {size:.0f} bytes on average", HEADER, rows)
    print("".join(f"  {line}\n" for line in absent))


def _expected(shape: Shape) -> list[bytes]:
    encode = fastavro_dicts(shape).encode
    return [encode(datum) for datum in shape.data]


def _messages(codec: Codec) -> list[bytes]:
    return [codec.encode(value) for value in codec.values]


def _fit(shape: Shape, peers: list[Peer], expected: list[bytes]) -> tuple[dict[str, Codec], list[str]]:
    """The codecs that write the expected bytes and read the expected values; a line for each other peer."""
    codecs: dict[str, Codec] = {}
    absent: list[str] = []
    for peer in peers:
        try:
            codecs[peer.name] = _checked(shape, peer, expected)
        except Unfit as why:
            absent.append(f"{peer.name}: {why}")
    return codecs, absent


def _checked(shape: Shape, peer: Peer, expected: list[bytes]) -> Codec:
    try:
        codec = peer.prepare(shape)
        messages = _messages(codec)
        values = [codec.decode(message) for message in messages]
    except ImportError as why:
        raise Unfit(f"not installed ({why.name})") from why
    except Exception as why:  # a peer may fail in any way; the table goes on without it
        raise Unfit(f"cannot do this event: {type(why).__name__}: {_first_line(why)}") from why
    bodies = [message[codec.header :] for message in messages]
    _hold(expected, bodies, lambda one, other: bool(one == other), "bytes")
    _hold(shape.data, values, lambda one, other: same(shape.schema, one, other), "values")
    return codec


def _hold(expected: list[Any], found: list[Any], agrees: Callable[[Any, Any], bool], what: str) -> None:
    wrong = sum(not agrees(one, other) for one, other in zip(expected, found, strict=True))
    if wrong:
        raise Unfit(f"{what} are not the expected ones in {wrong} of {len(expected)} cases")


def _first_line(why: Exception) -> str:
    return (str(why).splitlines() or ["no message"])[0][:120]


def _row(name: str, shape: Shape, written: dict[str, float], read: dict[str, float]) -> list[str]:
    aims = AIMS[shape.name] if name == TYPED else ("", "")
    cells = [name]
    for times, aim in ((written, aims[0]), (read, aims[1])):
        micros = times[name] / 1000
        cells += [f"{micros:.2f}", f"{times[REFERENCE] / times[name]:.2f}", str(aim)]
    return cells
