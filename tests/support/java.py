"""Apache Avro for Java as an oracle: a Java process is asked, and its answers come back as values.

What can be asked stands at the top of `tests/integration/java/AvroOracle.java`; `make integration` compiles it.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.project import REPOSITORY

Json = Any
FOLDER = REPOSITORY / ".integration/java"
_OPTIONS = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow")
"""The last one is about messages: an exception that is often thrown would be without."""


class Named(NamedTuple):
    """An enum's symbol or a record's values by field, with the full name of its type."""

    type: str
    value: Any


class Failed(NamedTuple):
    """What Java throws: class and message of an exception."""

    error: str
    message: str


class Read(NamedTuple):
    """What Java's two decoders read, each a value or Failed; nearly always they agree."""

    resolving: Any
    fast: Any


class Java:
    """A process of the oracle: one question, one answer."""

    def __init__(self, folder: Path = FOLDER) -> None:
        command = ["java", *_OPTIONS, "-cp", f"{folder}/classes{os.pathsep}{folder}/libs/*", "AvroOracle"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def ask(self, question: Json) -> Json:
        """Return the answer to a question."""
        return self.answer(json.dumps(question))

    def answer(self, line: str) -> Json:
        """Return the answer to whatever stands in a line."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"Java is gone with {self._process.wait()}"
        return json.loads(answer)

    def read(self, writer: Json, reader: Json, data: Iterable[bytes]) -> list[Read]:
        """Return what the reader makes of each datum; where a schema is refused, of all the same."""
        wanted = [datum.hex() for datum in data]
        schemas = {"writer": json.dumps(writer), "reader": json.dumps(reader)}
        answer = self.ask({"ask": "read", **schemas, "data": wanted})
        return [_read(each) for each in answer.get("read", [answer] * len(wanted))]

    def close(self) -> None:
        """End the process."""
        with self._process as process:
            process.terminate()


def _read(outcome: Json) -> Read:
    return Read(result(outcome), result(outcome.get("fast", outcome)))


def result(outcome: Json) -> Any:
    """Return the value that an outcome stands for, or Failed."""
    if "error" in outcome:
        return Failed(outcome["error"], outcome["message"] or "")
    return value(outcome["value"])


def value(rendered: Json) -> Any:
    """Return a value of `Outcome.java` as Python's own."""
    if isinstance(rendered, list):
        return [value(item) for item in rendered]
    if not isinstance(rendered, dict):
        return rendered
    ((tag, held),) = rendered.items()
    return _TAGGED[tag](held)


_TAGGED: dict[str, Any] = {
    "float": float.fromhex,
    "bytes": bytes.fromhex,
    "map": lambda held: {key: value(item) for key, item in held.items()},
    "enum": lambda held: Named(*held),
    "record": lambda held: Named(held[0], {name: value(item) for name, item in held[1].items()}),
}


def plain(found: Any) -> Any:
    """Return a value without the names of its types: records as dicts, enums as strings."""
    if isinstance(found, Named):
        return plain(found.value)
    if isinstance(found, list):
        return [plain(item) for item in found]
    return {key: plain(item) for key, item in found.items()} if isinstance(found, dict) else found
