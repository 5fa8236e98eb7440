"""Bring the index up to date: what changed is read, what that touches is analysed, the rest is remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

from msgspec import Struct
from msgspec.msgpack import encode
from msgspec.structs import replace

from avow.cache import lock
from avow.config import Project
from avow.finding import Finding
from avow.index import sealed, store
from avow.index.catalogue import Catalogue, TypeRow
from avow.index.code.standard import is_standard
from avow.index.code.survey import Note, survey
from avow.index.code.units import Graph, Unit, units
from avow.index.code.waivers import Waiver
from avow.index.contents import Index
from avow.index.declared import catalogue
from avow.index.lost import lost_fields, with_lost
from avow.index.schemas import schema_stamps
from avow.index.store import Kept, State
from avow.load.tree import load
from avow.runtime.schema import Type


class Updated(Struct, frozen=True):
    """An index that is up to date, or the findings in schemas for which it cannot be."""

    index: Index
    findings: list[Finding]
    state: State
    is_new: bool = False
    """Whether anything is not as it was, if only the stamp of a file."""
    is_plain: bool = True
    """Whether it is about the working tree alone, and no older contract has a field that nothing here has."""


def update(project: Project, older: Sequence[Type] = ()) -> Updated:
    """Return the index of a project as its files are now.

    Args:
        project: Whose index.
        older: Contracts as they once were: code may go on using fields of them that are gone.

    Raises:
        AvowError: There is no folder of schemas, or no generated package though services use it.
    """
    with lock(project.cache, "index"):
        return _update(project, older)


def _update(project: Project, older: Sequence[Type]) -> Updated:
    path = project.cache / "index.msgpack"
    old = store.load(path, store.key_of(project))
    schemas = schema_stamps(project)
    rows = old.catalogue
    if schemas != old.schemas or not schemas:
        tree = load(project)
        if tree.findings:
            return Updated(Index({}, [], [], []), tree.findings, old)
        rows = catalogue(tree, lost_fields(project, {**tree.schemas.types}))
    seen = with_lost(rows, older)
    if seen is not rows:  # kept apart, so that what the working tree alone says stays known
        path = project.cache / "index-older.msgpack"
        old = store.load(path, old.key)
    package = _package(project, seen)
    code = _look(project, old, is_same=schemas == old.schemas and package == old.package)
    if code is None:
        return Updated(_index(seen, old.units), [], old, is_plain=seen is rows)
    known = old.units if package == old.package else {}
    kept = _analyse(project, code, seen, known)
    state = State(old.key, schemas, rows, code.outside, code.libraries, code.notes, package, kept)
    sealed.write(path, state)
    return Updated(_index(seen, kept), [], state, is_new=True, is_plain=seen is rows)


class _Look(Struct, frozen=True):
    """The code as it is now; ``units`` are those that it makes."""

    notes: dict[str, Note]
    graph: Graph
    units: list[Unit]
    outside: tuple[str, ...]
    libraries: tuple[str, ...]


def _look(project: Project, old: State, *, is_same: bool) -> _Look | None:
    """Look at the code, and at what of the repository it imports from elsewhere.

    Returns None where it is as it was, if ``is_same`` says that all else is too.
    """
    libraries = _libraries(project, old.outside)
    found = survey(project, old.notes, libraries, _learning(project) if not old.units else nullcontext())
    if is_same and found.is_unchanged and libraries == old.libraries:
        return None
    while True:
        graph = Graph(found.notes, project.settings)
        outside = tuple(sorted({first for firsts in graph.outside.values() for first in firsts} | set(libraries)))
        more = _libraries(project, outside)
        if more == libraries:
            return _Look(found.notes, graph, units(found.notes, graph, project.settings), outside, libraries)
        libraries = more
        found = survey(project, found.notes, libraries)


@contextmanager
def _learning(project: Project) -> Iterator[None]:
    """Where nothing is known yet, mypy looks at what services import while their files are read."""
    from avow.index.analyse import learning  # with mypy, which nothing else needs

    with learning(project):
        yield


def _libraries(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """Return the files and folders at the root of the project that modules of these names would be."""
    own = {project.settings.package, *(first.partition("/")[0] for first in _folders(project))}
    found = []
    for name in names:
        first = name.removesuffix(".py")
        if first in own or is_standard(first):
            continue
        found += [each for each in (f"{first}.py", first) if (project.root / each).exists()][:1]
    return tuple(sorted(set(found)))


def _folders(project: Project) -> tuple[str, ...]:
    settings = project.settings
    return (settings.schemas, settings.generated, settings.producers, settings.consumers)


def _analyse(project: Project, code: _Look, rows: Catalogue, known: dict[str, Kept]) -> dict[str, Kept]:
    """Analyse the units whose files are not as they were."""
    digests = {unit.service: unit.digest(code.notes) for unit in code.units}
    kept = {name: known[name] for name, digest in digests.items() if name in known and known[name].digest == digest}
    dirty = [unit for unit in code.units if unit.service not in kept]
    if dirty:
        from avow.index.analyse import Code, analyse  # with mypy, which nothing else needs

        for unit, found in zip(dirty, analyse(Code(project, code.notes, code.graph), dirty, rows), strict=True):
            kept[unit.service] = Kept(digests[unit.service], found.facts, found.edges, found.waivers)
    return {service: kept[service] for service in digests}


def _index(rows: Catalogue, kept: dict[str, Kept]) -> Index:
    facts = {fact for each in kept.values() for fact in each.facts}
    edges = {edge for each in kept.values() for edge in each.edges}
    waivers: dict[tuple[str, int], Waiver] = {}
    for waiver in (one for each in kept.values() for one in each.waivers):
        place = (waiver.file, waiver.at)
        waivers[place] = waiver if waiver.is_used else waivers.get(place, waiver)
    return Index(rows, sorted(facts), sorted(edges), sorted(waivers.values()))


def _package(project: Project, rows: Catalogue) -> str:
    """Return a digest of what every unit depends on: the schemas, and the classes generated from them.

    Who only describes a field in other words changes nothing that code could use.
    """
    found = hashlib.blake2b(encode({name: _without_words(row) for name, row in rows.items()}), digest_size=16)
    try:
        found.update((project.generated / project.settings.package / "_registry.py").read_bytes())
    except OSError:
        found.update(b"none")
    return found.hexdigest()


def _without_words(row: TypeRow) -> TypeRow:
    return replace(row, doc="", fields={name: replace(field, doc="") for name, field in row.fields.items()})
