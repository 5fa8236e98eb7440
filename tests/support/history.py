"""A contract that changes, release by release, and what `avow diff` says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.project import avow_here, make_project

STREET = {"name": "street", "type": "string"}
CITY = {"name": "city", "type": "string", "default": ""}
CODE = {"name": "code", "type": "int"}


def moved(*fields: Any, name: str = "Moved", level: str = "BACKWARD", **more: Any) -> dict[str, Any]:
    meta = {"kind": "event", "compatibility": level}
    return {"type": "record", "name": f"a.{name}", **more, "contract": meta, "fields": list(fields)}


def edit(root: Path, schema: dict[str, Any], name: str = "Moved") -> Path:
    return make_project(root, {f"a/{name}.avsc": schema})


def history(root: Path, *states: dict[str, Any]) -> Path:
    """Release one state after the other."""
    for state in states:
        edit(root, state)
        release(root)
    return root


def release(root: Path, *arguments: str) -> None:
    done = avow_here(root, "release", *arguments)
    assert done.code == 0, done


def diff(root: Path, *arguments: str) -> str:
    """Return what is shown; all is well."""
    done = avow_here(root, "diff", *arguments)
    assert (done.code, done.err) == (0, ""), done
    return done.out
