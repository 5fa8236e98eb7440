"""Records that refer to one another in a long chain: as deep as is allowed, everything works; deeper is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.project import avow, make_project

CONTRACT = {"kind": "event", "compatibility": "BACKWARD"}
NEXT: dict[str, Any] = {
    "record": lambda name: name,
    "optional": lambda name: ["null", name],
    "array": lambda name: {"type": "array", "items": name},
}
PER_RECORD = {"record": 1, "optional": 2, "array": 2}


def chain(count: int, kind: str, *more: dict[str, Any]) -> dict[str, Any]:
    files = {}
    for number in range(count):
        fields = [{"name": "x", "type": "int"}, *(more if number == count - 1 else ())]
        if number < count - 1:
            fields.append({"name": "next", "type": NEXT[kind](f"a.R{number + 1}")})
        contract = {"contract": CONTRACT} if number == 0 else {}
        files[f"a/R{number}.avsc"] = {"type": "record", "name": f"a.R{number}", **contract, "fields": fields}
    return files


@pytest.mark.parametrize("kind", NEXT)
def test_as_deep_as_is_allowed(tmp_path: Path, kind: str) -> None:
    count = 200 // PER_RECORD[kind]
    make_project(tmp_path, chain(count, kind))
    for command in (("generate",), ("release",), ("check",), ("generate", "--check")):
        done = avow(tmp_path, *command)
        assert (done.code, done.err) == (0, ""), done
    make_project(tmp_path, chain(count, kind, {"name": "y", "type": "int"}))
    done = avow(tmp_path, "check")
    assert (done.code, "FIELD_MISSING a.R0 cannot read version 1" in done.out) == (1, True), done
    assert avow(tmp_path, "diff").code == 0
    assert avow(tmp_path, "generate").code == 0


@pytest.mark.parametrize("command", ["lint", "generate", "release"])
def test_deeper(tmp_path: Path, command: str) -> None:
    make_project(tmp_path, chain(1000, "record"))
    done = avow(tmp_path, command)
    assert done.code == 1
    assert (
        "schemas/a/R799.avsc:1:1: TOO_DEEP a.R799 has types nested in it, by reference or in place, deeper than 200\n"
        "  Let a record refer to others by their ids instead of holding them.\n"
    ) in done.out
    assert done.out.count("TOO_DEEP") == 1
