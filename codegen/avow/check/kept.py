"""See that what another state of the project has released is still there, unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from avow.check.baseline import Baseline, blob_id
from avow.config import Project
from avow.finding import Finding, Place
from avow.frozen import VERSIONS, Row, Versions
from avow.frozen.read import bytes_of

_FIX = "Restore it from git; a version whose time is over is retired, and keeps its file."
_ONTO = "Run `avow release --onto {label}`: two branches released a version of one number."


def findings(project: Project, baselines: Sequence[Baseline]) -> Iterator[Finding]:
    """Yield the released versions of baselines that are gone from the working tree, or are others there.

    What is wrong with the files that the working tree does list is found where those are read.
    """
    for each in baselines:
        lists = [path for path in each.released.digests if path.endswith(f"/{VERSIONS}")]
        changed = [path for path in lists if _digest(project, path) != each.released.digests[path]]
        for path, data in each.released.read(changed).items():
            yield from _lost(project, each.label, path, data)


def _lost(project: Project, label: str, path: str, data: bytes) -> Iterator[Finding]:
    name = path.partition("/")[0]
    here = {row.number: row for row in _rows(_read(project, path))}
    file = project.name(project.released / path)
    for row in _rows(data):
        shown = f"version {row.number} of {name}"
        if row.number not in here:
            yield _finding("RELEASE_MISSING", file, f"{shown}, which {label} has, is not there", _FIX)
        elif here[row.number].checksum != row.checksum:
            fix = _ONTO.format(label=label)
            yield _finding("RELEASE_TAMPERED", file, f"{shown} is another than that of {label}", fix)


def _digest(project: Project, path: str) -> str:
    data = _read(project, path)
    return blob_id(data) if data else ""


def _read(project: Project, path: str) -> bytes:
    try:
        return bytes_of(project.released / path)
    except OSError:
        return b""


def _rows(data: bytes) -> tuple[Row, ...]:
    try:
        return msgspec.json.decode(data, type=Versions).versions
    except ValueError:
        return ()


def _finding(rule: str, file: str, message: str, fix: str) -> Finding:
    return Finding(rule=rule, severity="error", place=Place(file, 1, 1), message=message, fix=fix)
