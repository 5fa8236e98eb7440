"""From the schemas that changed to the texts of all modules that this touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from avow.config import Project
from avow.finding import Finding, Place
from avow.generate.facts import FileFacts, digest
from avow.generate.integrations import travels
from avow.generate.layout import Layout
from avow.generate.package import Package
from avow.generate.parallel import render
from avow.generate.survey import Survey
from avow.load.crosscheck import cross_check
from avow.load.inspect import facts as facts_in
from avow.load.tree import Tree, load
from avow.runtime.canonical import canonical_form, fingerprint


class Built(Struct, frozen=True):
    """What the package should be: new texts, all paths, the facts for the next run; or why it cannot be."""

    findings: list[Finding]
    texts: dict[str, str] = {}
    expected: set[str] = set()
    refusing: tuple[str, str] = ("", "")
    files: dict[str, FileFacts] = {}
    types: int = 0


def build(project: Project, found: Survey, touched: set[str]) -> Built:
    """Return the package, rendering only what changed schemas touch and the paths in ``touched``."""
    names = _to_render(found)
    tree = _load(project, found, names)
    findings = [*tree.findings, *cross_check(_Places(project, tree, found.files))]
    if found.files and (findings or _has_copies(found, tree)):
        # Only all files together show which copy counts, and which name is nearest to a misspelt one.
        return build(project, _all_anew(found), touched)
    if findings:
        return Built(findings)
    files = {**found.files, **_new_facts(tree, found, names)}
    units = {name: unit for file in files.values() for name, unit in file.units.items()}
    layout = Layout(units, project.settings.namespace)
    package = Package(project.settings.package, layout, project.settings.integrations)
    wanted = {unit for unit in set(units.values()) if _is_wanted(unit, tree, names, package, touched)}
    if not all(unit in tree.schemas.types for unit in wanted) or _moved(found, package, project):
        return build(project, _all_anew(found), touched)
    return _render(package, tree, files, wanted)


def _to_render(found: Survey) -> set[str]:
    """The files whose modules change: those that changed, and those that mention a type of theirs, at any remove."""
    names = set(found.changed)
    dirty = {name for file in found.gone for name in file.units}
    while dirty:
        hit = {name for name, file in found.files.items() if name not in names and dirty.intersection(file.refers)}
        names |= hit
        dirty = {name for hit_name in hit for name in found.files[hit_name].units}
    return names


def _load(project: Project, found: Survey, names: set[str]) -> Tree:
    """Load files with all that they refer to, and with every file that defines a type of theirs as well."""
    if not found.files:
        return load(project, sorted(names))
    home = {name: file for file, facts in found.files.items() for name in facts.units}
    wanted = set(names)
    while True:
        tree = load(project, sorted(wanted))
        mentioned: set[str] = set()
        for name in wanted:
            old = found.files.get(name)
            if old is not None:
                mentioned.update(old.refers, old.units)
            elif tree.sources[name].parsed:
                facts = facts_in(tree.sources[name].value)
                mentioned |= facts.references | facts.definitions
        more = {home[name] for name in mentioned if name in home} - wanted
        if not more:
            return tree
        wanted |= more


def _has_copies(found: Survey, tree: Tree) -> bool:
    """Whether changed files share a definition with unchanged ones: rare, since the linter asks to keep only one."""
    changed = {name for file in found.gone for name in file.defines}
    changed.update(*(facts_in(tree.sources[name].value).definitions for name in found.changed))
    return any(not changed.isdisjoint(file.defines) for file in found.files.values())


def _new_facts(tree: Tree, found: Survey, names: Iterable[str]) -> dict[str, FileFacts]:
    """The facts of the files that were read, those known before with new fingerprints."""
    units: dict[str, dict[str, str]] = {}
    for name, unit in tree.units.items():
        units.setdefault(tree.files[name], {})[name] = unit
    new = {}
    for name in names:
        own = units.get(name, {})
        fingerprints = {unit: _fingerprint(tree, unit) for unit in set(own.values())}
        rows = travels({unit: tree.schemas.types[unit] for unit in fingerprints})
        old = found.files.get(name)
        if old is not None:
            new[name] = FileFacts(old.stamp, old.digest, own, old.defines, old.refers, fingerprints, rows)
            continue
        source = tree.sources[name]
        said = facts_in(source.value)
        content = digest(source.text.encode())
        defines, refers = sorted(said.definitions), sorted(said.references)
        new[name] = FileFacts(found.stamps[name], content, own, defines, refers, fingerprints, rows)
    return new


def _fingerprint(tree: Tree, unit: str) -> int:
    return fingerprint(canonical_form(tree.schemas.types[unit]))


def _is_wanted(unit: str, tree: Tree, names: set[str], package: Package, touched: set[str]) -> bool:
    return tree.files.get(unit) in names or not touched.isdisjoint(package.unit_paths(unit))


def _moved(found: Survey, package: Package, project: Project) -> bool:
    """Whether new names push types of unchanged files to other places: rare, and then all is rendered anew."""
    old_units = {name: unit for file in (*found.files.values(), *found.gone) for name, unit in file.units.items()}
    if not found.files or old_units.keys() == package.homes.keys():
        return False
    old = Layout(old_units, project.settings.namespace).homes
    return any(package.homes[name] != old[name] for file in found.files.values() for name in file.units)


def _all_anew(found: Survey) -> Survey:
    """The same survey as if no file had been known."""
    stamps = {**found.stamps, **{name: file.stamp for name, file in found.files.items()}}
    return Survey({}, sorted(stamps), stamps, [], False)


def _render(package: Package, tree: Tree, files: dict[str, FileFacts], wanted: set[str]) -> Built:
    fingerprints = {unit: number for file in files.values() for unit, number in file.fingerprints.items()}
    types = tree.schemas.types
    texts = dict(package.common(fingerprints))
    texts.update(package.runtime())
    texts.update(package.integrations({name: row for file in files.values() for name, row in file.travels.items()}))
    texts.update(
        render(sorted(wanted), lambda unit: package.unit(types[unit], types, tree.files[unit], fingerprints[unit]))
    )
    return Built([], texts, package.paths(), package.refusing(), files, len(package.homes))


class _Places(Mapping[str, Place]):
    """Where each type is defined, of files not loaded too; those are read only when asked for."""

    def __init__(self, project: Project, tree: Tree, files: dict[str, FileFacts]) -> None:
        self._project = project
        self._tree = tree
        self._elsewhere = {
            name: file for file, facts in files.items() if file not in tree.sources for name in facts.units
        }

    def __getitem__(self, name: str) -> Place:
        if name in self._tree.files:
            return self._tree.place(name)
        return load(self._project, [self._elsewhere[name]]).place(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._tree.files
        yield from (name for name in self._elsewhere if name not in self._tree.files)

    def __len__(self) -> int:
        return sum(1 for _ in self)
