"""The index as questions read it: of a large repository only what is asked for is decoded.

A local copy has the lines; where there is none, as in a fresh clone, the committed files answer without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec.msgpack import decode, encode

import avow
from avow.config import Project
from avow.errors import AvowError
from avow.index import sealed
from avow.index.catalogue import GONE, Catalogue, TypeRow
from avow.index.code.files import code_digest, digest_of
from avow.index.code.listing import Stamp
from avow.index.fact import WHOLE, Edge, Fact
from avow.index.schemas import schema_stamps

if TYPE_CHECKING:
    from avow.index.contents import Index

_NAME = "answers.msgpack"
_FORMAT = f"1 {avow.__version__}"


class _Stored(msgspec.Struct):
    """The local copy; what is large is decoded when it is asked for."""

    format: str
    code: bytes
    """Digest of the stamps of the services' files."""
    schemas: bytes
    libraries: tuple[str, ...]
    catalogue: msgspec.Raw
    facts: dict[str, msgspec.Raw]
    edges: msgspec.Raw


class Book:
    """The index of a project, to be asked. ``has_lines`` says whether facts know their lines."""

    def __init__(self, stored: _Stored, *, has_lines: bool) -> None:
        self._stored = stored
        self.has_lines = has_lines

    @cached_property
    def catalogue(self) -> Catalogue:
        """All types."""
        return decode(self._stored.catalogue, type=dict[str, TypeRow])

    @cached_property
    def edges(self) -> list[Edge]:
        """All edges of the flow, in their order."""
        return decode(self._stored.edges, type=list[Edge])

    def of(self, name: str) -> list[Fact]:
        """Return the facts about a type, in their order."""
        found = self._stored.facts.get(name)
        return decode(found, type=list[Fact]) if found is not None else []

    def facts(self) -> Iterator[Fact]:
        """Yield all facts, in their order."""
        for name in self._stored.facts:
            yield from self.of(name)

    def is_stale(self, project: Project) -> bool:
        """Return whether a file of a service or a schema is not as it was; unknown without a local copy."""
        if not self.has_lines:
            return False
        code = code_digest(project, self._stored.libraries)
        return code != self._stored.code or digest_of(schema_stamps(project)) != self._stored.schemas


def keep(project: Project, index: Index, code: Mapping[str, Stamp], libraries: tuple[str, ...]) -> None:
    """Write the local copy that questions read."""
    stored = _stored(index.catalogue, index.facts, index.edges)
    stored.code, stored.schemas, stored.libraries = digest_of(code), digest_of(schema_stamps(project)), libraries
    sealed.write(project.cache / _NAME, stored)


def make(catalogue: Catalogue, facts: Iterable[Fact], edges: list[Edge], *, has_lines: bool = True) -> Book:
    """Return an index of what is given, in its order, to be asked like one that was read."""
    return Book(_stored(catalogue, facts, edges), has_lines=has_lines)


def _stored(catalogue: Catalogue, facts: Iterable[Fact], edges: list[Edge]) -> _Stored:
    by_type: dict[str, list[Fact]] = {}
    for fact in facts:
        by_type.setdefault(fact.type, []).append(fact)
    gone = {name: TypeRow(GONE, "", "") for name in by_type if name not in catalogue and name != WHOLE}
    rows = dict(sorted({**catalogue, **gone}.items()))
    raw = {name: msgspec.Raw(encode(own)) for name, own in sorted(by_type.items())}
    return _Stored(_FORMAT, b"", b"", (), msgspec.Raw(encode(rows)), raw, msgspec.Raw(encode(edges)))


def is_kept(project: Project, code: Mapping[str, Stamp]) -> bool:
    """Return whether the local copy is that of files with these stamps."""
    stored = _read(project)
    return stored is not None and stored.code == digest_of(code) and stored.schemas == digest_of(schema_stamps(project))


def _read(project: Project) -> _Stored | None:
    try:
        stored = decode(sealed.read(project.cache / _NAME), type=_Stored)
    except (msgspec.MsgspecError, ValueError):
        return None
    return stored if stored.format == _FORMAT else None


def read(project: Project) -> Book:
    """Return the index of a project as it was left last.

    Raises:
        AvowError: There is none, or it has to be read from schemas that are invalid.
    """
    stored = _read(project)
    return Book(stored, has_lines=True) if stored is not None else _committed(project)


def _committed(project: Project) -> Book:
    from avow.index.declared import catalogue
    from avow.index.files import output, text
    from avow.load.tree import load

    paths = output.present(project.generated)
    if not paths:
        fix = "Run `avow generate`, which writes it."
        raise AvowError("there is no index yet", file=project.settings.generated, fix=fix)
    tree = load(project)
    if tree.findings:
        raise AvowError("the schemas are invalid", file=project.settings.schemas, fix="`avow lint` says where.")
    files = {path: (project.generated / path).read_text(encoding="utf-8", errors="replace") for path in paths}
    facts, edges = text.read(files)
    return make(catalogue(tree), facts, edges, has_lines=False)
