"""What is released at the tip of a ref, and what git keeps of both sides in the midst of a merge."""

from __future__ import annotations

import os

from avow.check.commit import tip
from avow.check.git import contents, layout_at, tree_of
from avow.check.repository import Repository
from avow.config import Project


def released_at(repository: Repository, project: Project, ref: str) -> dict[str, bytes]:
    """Return the frozen files and lists at the tip of a ref, by path below the folder `released`.

    Raises:
        AvowError: There is no such ref.
    """
    commit = tip(repository, ref)
    folder = layout_at(repository, project, commit).released
    blobs = {path[len(folder) + 1 :]: blob for path, _, blob in tree_of(repository, commit, folder)}
    return _read(repository, blobs)


def unmerged(repository: Repository, project: Project) -> dict[str, list[bytes]]:
    """Return the frozen files and lists that a merge has left open, with the content of each side."""
    inside = f"{project.settings.schemas}/released"
    folder = "/".join(part for part in (repository.prefix, inside) if part)
    listing = repository.need("ls-files", "--unmerged", "-z", "--full-name", "--", inside)
    sides: list[tuple[str, str]] = []
    for entry in listing.split(b"\0")[:-1]:
        head, raw = entry.split(b"\t", 1)
        sides.append((os.fsdecode(raw)[len(folder) + 1 :], head.split(b" ")[1].decode()))
    texts = _read(repository, {blob: blob for _, blob in sides})
    found: dict[str, list[bytes]] = {}
    for path, blob in sides:
        found.setdefault(path, []).append(texts[blob])
    return found


def _read(repository: Repository, blobs: dict[str, str]) -> dict[str, bytes]:
    return contents(repository, blobs, list(blobs))
