"""Write what is released: the frozen file first, the list of versions last, each in one step.

A run that is killed between the two leaves a file that no list names; the next release overwrites it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from avow.config import Project
from avow.frozen import VERSIONS, Row, Version, Versions
from avow.runtime.schema import Json


def write_version(project: Project, version: Version, text: str) -> Path:
    """Write the frozen file of a version and return its path. Raises OSError."""
    path = project.released / version.name / f"{version.number}.avsc"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, text)
    return path


def write_list(project: Project, name: str, versions: Sequence[Version], continues: str = "") -> None:
    """Write the versions.json of a name, with the versions that were released under it. Raises OSError."""
    rows = tuple(row_of(version) for version in versions if version.name == name)
    content: Json = msgspec.to_builtins(Versions(continues=continues, versions=rows))
    replace(project.released / name / VERSIONS, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def row_of(version: Version) -> Row:
    """Return a version as the list has it."""
    return Row(**{name: getattr(version, name) for name in Row.__struct_fields__})


def replace(path: Path, text: str) -> None:
    """Write a file in one step. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(text.encode())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
