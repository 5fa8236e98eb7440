"""What of the code changed since it was last looked at: by stamps first, by content where those differ."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from msgspec import Struct

from avow.config import Project
from avow.index.children import spread
from avow.index.code.files import code_files
from avow.index.code.listing import LEADS_OUT, NO_TEXT, Stamp
from avow.index.code.parsing import Import, parse

_FEWEST = 400
"""How many files are worth a process of their own."""

_LOADERS = (b"_module", b"_import__", b"entry_points", b"import_string")
"""One of them is in each name that the pattern below looks for; they are found much faster."""


_NOTHING = nullcontext()


class Note(Struct, array_like=True):
    """What is kept of a file: ``mentions`` says whether it names the generated package, ``loads`` whether it may load
    modules by names that are not in its imports.
    """

    stamp: Stamp
    digest: bytes
    mentions: bool
    imports: tuple[Import, ...] = ()
    problem: str = ""
    """Why it is not Python, or cannot be read; empty where it can."""
    line: int = 0
    """The line of the problem, where it has one."""
    loads: bool = False


class Looks:
    """What the text of a file tells without being parsed."""

    def __init__(self, package: str) -> None:
        self._package = package.encode()
        self._named = re.compile(rb"\b" + self._package + rb"\b")
        self._loading = re.compile(
            rb"\b(?:entry_points|exec_module|iter_modules)\b"
            rb"|\b(?:__import__|import_module|import_string|run_module)\(\s*(?!f?[\"']" + self._package + rb"\b)"
        )

    def mentions(self, text: bytes) -> bool:
        """Return whether it names the generated package."""
        return self._package in text and self._named.search(text) is not None  # the first is ten times as fast

    def loads(self, text: bytes) -> bool:
        """Return whether it may load modules by name, others than those of the generated package."""
        return any(word in text for word in _LOADERS) and self._loading.search(text) is not None


class Survey(Struct, frozen=True):
    """The files of the services as they are now."""

    notes: dict[str, Note]
    is_unchanged: bool
    """Whether even all stamps are as they were."""


def survey(
    project: Project,
    known: Mapping[str, Note],
    libraries: Sequence[str] = (),
    meanwhile: AbstractContextManager[None] = _NOTHING,
) -> Survey:
    """Return the files of a project's services, reading only those that changed.

    Args:
        project: Whose services.
        known: The notes of the last time.
        libraries: Further files and folders at the root that services import, by name.
        meanwhile: What goes on while files are read, where there are any to be read.
    """
    stamps = code_files(project, libraries)
    same = {name: known[name] for name, stamp in stamps.items() if name in known and known[name].stamp == stamp}
    touched = [name for name in stamps if name not in same]
    is_unchanged = not touched and len(same) == len(known)
    with meanwhile if touched else _NOTHING:
        notes = {**same, **_noted(project, touched, stamps, known)}
    return Survey({name: notes[name] for name in sorted(notes)}, is_unchanged)


def _noted(
    project: Project, names: list[str], stamps: Mapping[str, Stamp], known: Mapping[str, Note]
) -> dict[str, Note]:
    """Read files; what was parsed before and only touched is not parsed again."""
    if not names:
        return {}
    import mypy.nativeparse  # noqa: F401  # before the children are forked, so that it is loaded once

    looks = Looks(project.settings.package)

    def work(share: Sequence[str]) -> list[Note]:
        return [_note(project, name, stamps[name], known.get(name), looks) for name in share]

    def failed(name: str) -> Note:
        return Note(stamps[name], b"", True, (), "the parser cannot bear it")

    return dict(zip(names, spread(names, work, failed, Note, _FEWEST), strict=True))


def _note(project: Project, name: str, stamp: Stamp, old: Note | None, looks: Looks) -> Note:
    text, problem = read(project, name, stamp)
    if problem:
        return Note(stamp, b"", True, (), problem)
    digest = hashlib.blake2b(text, digest_size=16).digest()
    if old is not None and old.digest == digest:
        return Note(stamp, digest, old.mentions, old.imports, old.problem, old.line, old.loads)
    parsed = parse(name, text)
    mentions, loads = looks.mentions(text), looks.loads(text)
    return Note(stamp, digest, mentions, parsed.imports, parsed.problem, parsed.line, loads)


def read(project: Project, name: str, stamp: Stamp) -> tuple[bytes, str]:
    """Return the content of a file, and why it cannot be read where it cannot."""
    if stamp == LEADS_OUT:
        return b"", "a link that leads out of the project or to nothing"
    if stamp == NO_TEXT:
        return b"", "its name is not text"
    try:
        return _content(f"{project.root}/{name}"), ""
    except OSError as error:
        return b"", error.strerror or "unreadable"


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # for thousands of files the detour by Path shows
        return file.read()
