"""From units to facts: each unit by itself, though mypy types many at once.

What is found for a unit depends on nothing but its files and the generated package, so it can be kept until one of
these changes. Modules that several units import are put back to what is written in them before the next unit.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from msgspec import Struct

from avow.config import Project
from avow.index.catalogue import Catalogue
from avow.index.children import beside, spread
from avow.index.code.survey import Note
from avow.index.code.units import Graph, Unit
from avow.index.code.waivers import Waiver
from avow.index.conclude.facts import conclude
from avow.index.conclude.waived import waived
from avow.index.fact import MODULE, UNREAD, WHOLE, Edge, Fact
from avow.index.infer.fixpoint import Fixpoint
from avow.index.typed.build import Checked, check, learn
from avow.index.typed.contracts import Contracts
from avow.index.typed.shapes import Shapes
from avow.index.world import World

_FEWEST = 40
"""How many units are worth a process of their own: each has to learn typeshed anew."""


class Analysed(Struct, array_like=True):
    """The facts and edges of a unit, each once, in their order, and the waivers in its files."""

    facts: list[Fact]
    edges: list[Edge]
    waivers: list[Waiver]


class Code(Struct, frozen=True):
    """The code of a project's services."""

    project: Project
    notes: Mapping[str, Note]
    graph: Graph


def learning(project: Project) -> AbstractContextManager[None]:
    """Have mypy find out about the generated package and typeshed in the meantime, where it has not yet."""
    return beside(lambda: learn(project)) if not _is_cached(project) else nullcontext()


def _is_cached(project: Project) -> bool:
    return (project.cache / "mypy").exists()


def analyse(code: Code, units: Sequence[Unit], catalogue: Catalogue) -> list[Analysed]:
    """Return what is found for units, in their order. One that mypy fails on is unknown as a whole, and says so.

    Raises:
        AvowError: There is no generated package.
    """
    if not units:
        return []
    shapes = Shapes(Contracts(code.project, catalogue))
    is_cached = _is_cached(code.project)

    def work(share: Sequence[Unit]) -> list[Analysed]:
        # Of many that would write the same cache only one does; those that read it may be many.
        return _share(code, share, shapes, is_cached or share[0] is units[0])

    def failed(unit: Unit) -> Analysed:
        lost = [_unknown(unit, name, 0, "mypy fails on this service") for name in unit.files]
        return Analysed(sorted([*_unreadable(code, unit), *lost]), [], [])

    return spread(units, work, failed, Analysed, _FEWEST)


def _share(code: Code, units: Sequence[Unit], shapes: Shapes, cache: bool) -> list[Analysed]:
    counts = Counter(name for unit in units for name in unit.files)
    checked = _checked(code, sorted(counts), cache)
    shared = {name for name, count in counts.items() if count > 1}
    return [_unit(code, unit, checked, shapes, shared) for unit in units]


def _checked(code: Code, names: list[str], cache: bool) -> Checked:
    """Run mypy; with a cache that it cannot use, once more without."""
    if cache:
        try:
            return check(code.project, names, code.notes, code.graph.modules, cache=True)
        except (Exception, SystemExit):  # whatever is the matter with it, there is a way without
            shutil.rmtree(code.project.cache / "mypy", ignore_errors=True)
    return check(code.project, names, code.notes, code.graph.modules, cache=False)


def _unit(code: Code, unit: Unit, checked: Checked, shapes: Shapes, shared: set[str]) -> Analysed:
    world = World(code.project, unit, checked, shapes, code.graph)
    known = Fixpoint(world)
    try:
        known.run()
        found = conclude(known)
    finally:
        known.forget(shared)
    refused = [(name, *checked.refused[name]) for name in unit.files if name in checked.refused]
    lost = [*_unreadable(code, unit), *(_unknown(unit, *each) for each in refused)]
    own = [each for each in checked.waivers if each.file in world.ids]
    facts, judged = waived(found.facts, own, shapes.contracts.catalogue)
    return Analysed(sorted({*facts, *lost}), found.edges, judged)


def _unreadable(code: Code, unit: Unit) -> list[Fact]:
    return [_unknown(unit, name, code.notes[name].line, code.notes[name].problem) for name in unit.unreadable]


def _unknown(unit: Unit, name: str, line: int, reason: str) -> Fact:
    return Fact(WHOLE, WHOLE, "escape", unit.service, name, MODULE, f"{UNREAD}: {reason}", "", line)
