"""An archive as a baseline: a .zip or a .tar, also a packed one, read in memory and written nowhere."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from avow.check.baseline import Baseline, layout_of, matters, of_contents
from avow.config import Project
from avow.errors import AvowError
from avow.load.limits import MAX_BYTES

MAX_MEMBERS = 200_000
"""Files in an archive, schemas or not."""
MAX_TOTAL = 256 * 1024 * 1024
"""Bytes of all schemas in an archive together."""
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
"""Bytes of all files in a packed .tar, which has to be unpacked to be passed over."""


def baseline(project: Project, label: str, path: Path) -> Baseline:
    """Return the schemas in an archive. Links in it, and paths that lead out of it, are passed over.

    Raises:
        AvowError: It is no archive, is too large, or holds no schemas.
    """
    try:
        files = _limited(_members(path), label)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        said = " ".join(str(error).split())
        raise _refused(label, f"cannot be read as an archive: {said or type(error).__name__}") from None
    except OSError as error:
        raise _refused(label, f"cannot be read: {error.strerror or error}") from None
    where = layout_of(files, files.__getitem__, project.settings)
    found = of_contents(label, where, files)
    if not found.schemas.digests:
        raise _refused(label, "there are no schemas in this archive")
    return found


def _refused(label: str, what: str) -> AvowError:
    fix = "Give a .zip, .tar or .tar.gz with a project in it, as `git archive` writes it, or with its schemas."
    return AvowError(what, file=label, fix=fix)


def _members(path: Path) -> Iterator[tuple[str, int, bytes]]:
    """Yield name, declared size, and the content of what matters; of the rest the content is empty."""
    return _zipped(path) if zipfile.is_zipfile(path) else _taped(path)


def _zipped(path: Path) -> Iterator[tuple[str, int, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            is_link = member.external_attr >> 28 == 0o12
            if matters(member.filename) and not member.is_dir() and not is_link:
                with archive.open(member) as file:
                    yield member.filename, 0, file.read(MAX_BYTES + 1)
            else:
                yield member.filename, 0, b""


def _taped(path: Path) -> Iterator[tuple[str, int, bytes]]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isreg() and matters(member.name) else None
            yield member.name, member.size, file.read(MAX_BYTES + 1) if file else b""


def _limited(members: Iterator[tuple[str, int, bytes]], label: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = unpacked = 0
    for count, (name, size, data) in enumerate(members, start=1):
        total += len(data)
        unpacked += size
        if count > MAX_MEMBERS or total > MAX_TOTAL or unpacked > MAX_UNPACKED:
            raise _refused(label, "holds more than is read of an archive")
        tidy = name.removeprefix("./")
        if data and not tidy.startswith("/") and ".." not in tidy.split("/"):
            files[tidy] = data
    return files
