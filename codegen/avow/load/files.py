"""Which files of a project are schemas, how each is read, and where the file of a name belongs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from avow.config import Project
from avow.errors import ConfigError
from avow.finding import Finding, Place
from avow.load.source import Source, read

SUFFIX = ".avsc"


def schema_files(project: Project) -> list[tuple[str, str]]:
    """Return path and name of each schema file, sorted by name.

    Hidden files and folders, frozen versions and the generated package are left out. A link to a folder of
    the project is followed. One that leads out of the project, and a folder that cannot be listed, stand in
    the result as they are: to read them is the finding.

    Raises:
        ConfigError: There is no folder of schemas.
    """
    if not project.schemas.is_dir():
        fix = "Make it, or name another as `schemas` in [tool.avow]; `avow new` writes a first contract."
        raise ConfigError("there is no such folder of schemas", file=project.settings.schemas, fix=fix)
    top = f"{project.root}{os.sep}"  # strings: to make paths of a thousand names takes longer than to list them
    names = ((path, path.removeprefix(top).replace(os.sep, "/")) for path in _Walk(project).run())
    return sorted(names, key=itemgetter(1))


def read_schema(project: Project, path: str, name: str) -> Source:
    """Read one of the schema files. Raises nothing: what fails is a finding."""
    return refusal(project, path, name) or read(Path(path), name)


def refusal(project: Project, path: str, name: str) -> Source | None:
    """Return what stands for a file that is not to be read, with the reason; None for all others."""
    if not name.isascii() and (shown := name.encode("utf-8", "backslashreplace").decode()) != name:
        return _refused(shown, "a name that is not UTF-8", "Rename the file.")
    if os.path.islink(path) and _leads_out(path, project.root):  # noqa: PTH114 (asked of every file)
        return _refused(name, "a link that leads out of the project", "Put here what it links to.")
    if not path.endswith(SUFFIX) and Path(path).is_dir():
        return _refused(name, "the folder cannot be read", "Give permission to list it.")
    return None


def file_of(project: Project, full_name: str) -> str:
    """Return the name of the file that a type belongs in: its path mirrors the full name below the root."""
    root = project.settings.namespace
    below = full_name.removeprefix(f"{root}.") if root else full_name
    return project.name(project.schemas / (below.replace(".", "/") + SUFFIX))


class _Walk:
    """The real folders first, so that a link to one of them adds nothing."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.skipped = {str(project.released), str(project.generated)}
        self.visited: set[str] = set()
        self.links: list[str] = []
        self.refused: list[str] = []

    def run(self) -> Iterator[str]:
        self.links.append(str(self.project.schemas))
        while self.links:
            folder = self.links.pop()
            if _leads_out(folder, self.project.root):
                yield folder
            else:
                yield from self.below(folder)
        yield from self.refused

    def below(self, top: str) -> Iterator[str]:
        for here, folders, names in os.walk(top, onerror=lambda error: self.refused.append(error.filename)):
            real = os.path.realpath(here)
            if real in self.visited:
                folders.clear()
                continue
            self.visited.add(real)
            folders[:] = self.real(here, folders)
            yield from (f"{here}{os.sep}{name}" for name in names if name.endswith(SUFFIX) and name[0] != ".")

    def real(self, here: str, folders: list[str]) -> list[str]:
        """Return the folders to go into now; links wait."""
        paths = {name: f"{here}/{name}" for name in folders if not name.startswith(".")}
        paths = {name: path for name, path in paths.items() if path not in self.skipped}
        linked = {name: path for name, path in paths.items() if Path(path).is_symlink()}
        self.links += linked.values()
        return sorted(paths.keys() - linked.keys())


def _leads_out(path: str, root: Path) -> bool:
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _refused(name: str, message: str, fix: str) -> Source:
    source = Source(name, "")
    place = Place(name, 1, 1)
    source.findings.append(Finding(rule="UNREADABLE_FILE", severity="error", place=place, message=message, fix=fix))
    return source
