"""Whether schemas and releases are as they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from avow.config import Project
from avow.index.code.listing import Stamp, stamp
from avow.load.files import schema_files


def schema_stamps(project: Project) -> dict[str, Stamp]:
    """Return the stamps of all schemas of a project, released versions included.

    Raises:
        AvowError: There is no folder of schemas.
    """
    found = {name: stamp(path) for path, name in schema_files(project)}
    return found | dict(_released(project))


def _released(project: Project) -> Iterator[tuple[str, Stamp]]:
    """Yield the stamps of what is released, without the weight of reading it."""
    with suppress(OSError):  # what cannot be listed is told by what reads it
        for folder in os.scandir(project.released):
            if folder.is_dir():
                for entry in os.scandir(folder.path):
                    yield f"released/{folder.name}/{entry.name}", stamp(entry.path)
