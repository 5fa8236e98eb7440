"""A commit as a baseline, read from git's object store: no checkout, no clone, nothing is written."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from functools import partial

from avow.check.baseline import Baseline, Files, Layout, layout, settings_in
from avow.check.commit import choose
from avow.check.repository import Repository, repository
from avow.config import Project
from avow.errors import AvowError
from avow.table import FILE

_LINK = b"120000"
_REGULAR = (b"100644", b"100755")


def baseline(project: Project, ref: str) -> Baseline:
    """Return the schemas as they were where HEAD left a ref: at the merge base of the two.

    Raises:
        AvowError: There is no such ref, no history that leads to it, or there are no schemas in it.
    """
    repository_ = repository(project.root)
    commit, how = choose(repository_, ref)
    where = layout_at(repository_, project, commit)
    files = _files(repository_, commit, where)
    schemas = {path: blob for path, blob in files.items() if where.holds(path)}
    if not schemas:
        place = where.schemas or "the repository"
        fix = "Name a commit that has schemas; the first ones need no check."
        raise AvowError(f"there are no schemas in {place} at {ref} (commit {commit[:12]})", fix=fix)
    frozen = {inner: blob for path, blob in files.items() if (inner := where.frozen_name(path))}
    note = f"{ref}: commit {commit[:12]}, {how}"
    return Baseline(ref, note, _lazy(repository_, schemas), _lazy(repository_, frozen))


def _lazy(repository: Repository, blobs: dict[str, str]) -> Files:
    return Files(blobs, partial(contents, repository, blobs))


def layout_at(repository: Repository, project: Project, commit: str) -> Layout:
    """Return where the schemas were: what the pyproject.toml of the commit says, wherever the project was then."""
    own = f"{repository.prefix}/{FILE}" if repository.prefix else FILE
    code, data, _ = repository.run("cat-file", "blob", f"{commit}:{own}")
    settings = settings_in(data) if code == 0 else None
    if settings is not None:
        return layout(settings, repository.prefix)
    today = layout(project.settings, repository.prefix)
    if code == 0 or any(today.holds(path) for path, *_ in tree_of(repository, commit, today.schemas)):
        return today
    return _moved(repository, commit) or today


def _moved(repository: Repository, commit: str) -> Layout | None:
    """Return where the only project of a commit was, or None where there were none or several."""
    found = []
    for path, _, blob in tree_of(repository, commit, ""):
        if path == FILE or path.endswith(f"/{FILE}"):
            settings = settings_in(repository.need("cat-file", "blob", blob))
            found += [layout(settings, path.removesuffix(FILE).rstrip("/"))] if settings else []
    return found[0] if len(found) == 1 else None


def tree_of(repository: Repository, commit: str, folder: str) -> list[tuple[str, bytes, str]]:
    """Return path, mode and blob of each file below a folder of a commit."""
    inside = ["--", folder] if folder else []
    listing = repository.need("ls-tree", "-r", "-z", "--full-tree", commit, *inside)
    found = []
    for entry in listing.split(b"\0")[:-1]:
        head, path = entry.split(b"\t", 1)
        mode, _, blob = head.split(b" ")
        found.append((os.fsdecode(path), mode, blob.decode()))
    return found


def _files(repository: Repository, commit: str, where: Layout) -> dict[str, str]:
    """Return the files below the schemas of a commit with their blobs; links that lead out are passed over."""
    found: dict[str, str] = {}
    links = [(where.schemas, where.schemas)]
    followed: set[str] = set()
    while links:
        shown, folder = links.pop()
        followed.add(folder)
        for path, mode, blob in tree_of(repository, commit, folder):
            name = shown + path[len(folder) :]
            if mode in _REGULAR:
                found[name] = blob
            elif mode == _LINK:
                target = _target(repository, path, blob)
                links += [(name, target)] if target and target not in followed else []
    return found


def _target(repository: Repository, path: str, blob: str) -> str:
    """Return where a link leads, as a path from the top; empty where it leads out."""
    to = os.fsdecode(repository.need("cat-file", "blob", blob))
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), to))
    return "" if joined.startswith(("..", "/")) or joined == "." else joined


def contents(repository: Repository, blobs: dict[str, str], names: Iterable[str]) -> dict[str, bytes]:
    """Return the content of files, of all in one go."""
    names = list(names)
    if not names:
        return {}
    asked = "".join(f"{blobs[name]}\n" for name in names).encode()
    answer = repository.need("cat-file", "--batch", data=asked)
    return dict(zip(names, _contents(answer, len(names)), strict=True))


def _contents(answer: bytes, count: int) -> list[bytes]:
    found, position = [], 0
    for _ in range(count):
        end = answer.index(b"\n", position)
        words = answer[position:end].split(b" ")
        if words[-1] == b"missing" or len(words) != 3:
            fix = "Fetch it: `git fetch --refetch`, or clone without --filter."
            raise AvowError(f"git has no object {words[0].decode()}", fix=fix)
        size = int(words[2])
        found.append(answer[end + 1 : end + 1 + size])
        position = end + size + 2
    return found
