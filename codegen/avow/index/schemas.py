"""Whether schemas and releases are as they were."""

from __future__ import annotations

import os

from avow.config import Project
from avow.frozen import stamps
from avow.index.code.files import LEADS_OUT, Stamp
from avow.load.files import schema_files


def schema_stamps(project: Project) -> dict[str, Stamp]:
    """Return the stamps of all schemas of a project, released versions included.

    Raises:
        AvowError: There is no folder of schemas.
    """
    found = {name: _stamp(path) for path, name in schema_files(project)}
    return found | {f"released/{name}": (time, size, 0) for name, time, size in stamps(project)}


def _stamp(path: str | os.PathLike[str]) -> Stamp:
    try:
        status = os.stat(path)  # noqa: PTH116  # for thousands of files the detour by Path shows
    except OSError:
        return LEADS_OUT
    return (status.st_mtime_ns, status.st_size, status.st_ino)
