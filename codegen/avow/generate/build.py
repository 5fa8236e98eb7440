"""From the schemas that changed to the texts of all modules that this touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from avow.config import Project
from avow.finding import Finding
from avow.generate.facts import FileFacts, Stamp, digest
from avow.generate.history import Histories, upcasters_in, version_facts
from avow.generate.layout import Layout
from avow.generate.package import Package
from avow.generate.parallel import render
from avow.generate.survey import Survey, stamp_of
from avow.generate.versions import Versions
from avow.load.contracts import contracts_in
from avow.load.crosscheck import cross_check
from avow.load.inspect import facts as facts_in
from avow.load.tree import Places, Tree, load
from avow.load.upcasters import Upcasters, file_beside
from avow.runtime.canonical import canonical_form, fingerprint
from avow.runtime.schema import Named


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
    tree, histories = _load(project, found, names)
    findings = [*tree.findings, *cross_check(Places(project, tree, _elsewhere(found)))]
    if found.files and (findings or _has_copies(found, tree)):
        # Only all files together show which copy counts, and which name is nearest to a misspelt one.
        return build(project, _all_anew(found), touched)
    if findings or histories.findings:
        return Built([*findings, *histories.findings])
    types = tree.schemas.types
    olds = {name: histories.versions(contract, types) for name, contract in contracts_in(tree.schemas).items()}
    files = {**found.files, **_new_facts(project, tree, found, names, olds)}
    package = _package(project, tree, files, names, olds)
    units = {unit for file in files.values() for unit in file.units.values()}
    wanted = {unit for unit in units if _is_wanted(unit, tree, names, package, touched)}
    if not all(unit in types for unit in wanted) or _moved(found, package, project):
        return build(project, _all_anew(found), touched)
    return _render(project, package, tree, files, wanted, olds)


def _package(
    project: Project, tree: Tree, files: dict[str, FileFacts], names: set[str], olds: Mapping[str, Versions]
) -> Package:
    """Return the package, and tell the facts of the files what lifts the older versions in them."""
    units = {name: unit for file in files.values() for name, unit in (file.units | file.eras).items()}
    layout = Layout(units, project.settings.namespace)
    for name in names:
        files[name].versions = [
            row
            for contract in files[name].contracts
            for row in version_facts(olds[contract], layout.homes, _upcasters(project, name, contract))
        ]
    rows = [row for file in files.values() for row in file.versions]
    return Package(project.settings.package, layout, rows)


def _elsewhere(found: Survey) -> dict[str, str]:
    return {name: file for file, facts in found.files.items() for name in facts.units}


def _to_render(found: Survey) -> set[str]:
    """The files whose modules change: those that changed, and those that mention a type of theirs, at any remove."""
    names = set(found.changed)
    dirty = {name for file in found.gone for name in file.units}
    while dirty:
        hit = {name for name, file in found.files.items() if name not in names and dirty.intersection(file.refers)}
        names |= hit
        dirty = {name for hit_name in hit for name in found.files[hit_name].units}
    return names


def _load(project: Project, found: Survey, names: set[str]) -> tuple[Tree, Histories]:
    """Load files with all that they refer to, and with every file that defines a type of theirs as well.

    What the older versions of their contracts refer to counts too.
    """
    home = _elsewhere(found)
    elsewhere = {name for facts in found.files.values() for name in facts.contracts}
    wanted = set(names)
    while True:
        tree = load(project, sorted(wanted))
        contracts = contracts_in(tree.schemas)
        histories = Histories(project, contracts.values(), elsewhere | contracts.keys())
        if not found.files:
            return tree, histories
        mentioned = {name for contract in contracts.values() for name in histories.mentioned(contract)}
        for name in wanted:
            old = found.files.get(name)
            if old is not None:
                mentioned.update(old.refers, old.units)
            elif tree.sources[name].parsed:
                facts = facts_in(tree.sources[name].value)
                mentioned |= facts.references | facts.definitions
        more = {home[name] for name in mentioned if name in home} - wanted
        if not more:
            return tree, histories
        wanted |= more


def _has_copies(found: Survey, tree: Tree) -> bool:
    """Whether changed files share a definition with unchanged ones: rare, since the linter asks to keep only one."""
    changed = {name for file in found.gone for name in file.defines}
    changed.update(*(facts_in(tree.sources[name].value).definitions for name in found.changed))
    return any(not changed.isdisjoint(file.defines) for file in found.files.values())


def _new_facts(
    project: Project, tree: Tree, found: Survey, names: Iterable[str], olds: Mapping[str, Versions]
) -> dict[str, FileFacts]:
    """The facts of the files that were read, those known before with new fingerprints."""
    units: dict[str, dict[str, str]] = {}
    for name, unit in tree.units.items():
        units.setdefault(tree.files[name], {})[name] = unit
    new = {}
    for name in names:
        own = units.get(name, {})
        old = found.files.get(name)
        source = tree.sources[name]
        said = facts_in(source.value)
        contracts = [contract for contract in olds if tree.files[contract] == name]
        eras = {root: types for contract in contracts for root, types in olds[contract].eras.items()}
        roots = {**{unit: tree.schemas.types[unit] for unit in own.values()}, **_roots(eras)}
        new[name] = FileFacts(
            stamp=found.stamps[name] if old is None else old.stamp,
            digest=digest(source.text.encode()) if old is None else old.digest,
            units=own,
            defines=sorted(said.definitions),
            refers=sorted(said.references.union(*(olds[contract].mentioned for contract in contracts))),
            fingerprints={unit: fingerprint(canonical_form(type_)) for unit, type_ in roots.items()},
            contracts=contracts,
            eras={type_: root for root, types in eras.items() for type_ in types},
            upcasts=_upcast_stamps(project, name, (contract for contract in contracts if olds[contract].eras)),
        )
    return new


def _roots(eras: Mapping[str, Mapping[str, Named]]) -> dict[str, Named]:
    return {root: types[root] for root, types in eras.items()}


def _upcast_stamps(project: Project, name: str, contracts: Iterable[str]) -> dict[str, Stamp]:
    files = [file_beside(name, contract) for contract in contracts]
    return {file: stamp_of(project.root / file) for file in files}


def _upcasters(project: Project, name: str, contract: str) -> Upcasters:
    return upcasters_in(project, file_beside(name, contract))


def _is_wanted(unit: str, tree: Tree, names: set[str], package: Package, touched: set[str]) -> bool:
    return tree.files.get(unit) in names or not touched.isdisjoint(package.unit_paths(unit))


def _moved(found: Survey, package: Package, project: Project) -> bool:
    """Whether new names push types of unchanged files to other places: rare, and then all is rendered anew."""
    known = (*found.files.values(), *found.gone)
    old_units = {name: unit for file in known for name, unit in (file.units | file.eras).items()}
    if not found.files or old_units.keys() == package.homes.keys():
        return False
    old = Layout(old_units, project.settings.namespace).homes
    return any(package.homes[name] != old[name] for file in found.files.values() for name in file.units | file.eras)


def _all_anew(found: Survey) -> Survey:
    """The same survey as if no file had been known."""
    stamps = {**found.stamps, **{name: file.stamp for name, file in found.files.items()}}
    return Survey({}, sorted(stamps), stamps, [], False)


def _render(
    project: Project,
    package: Package,
    tree: Tree,
    files: dict[str, FileFacts],
    wanted: set[str],
    olds: Mapping[str, Versions],
) -> Built:
    fingerprints = {unit: number for file in files.values() for unit, number in file.fingerprints.items()}
    types = tree.schemas.types

    def texts_of(unit: str) -> Iterator[tuple[str, str]]:
        yield from package.unit(types[unit], types, tree.files[unit], fingerprints[unit])
        if unit in olds:
            yield from _older(project, package, tree.files[unit], olds[unit], types, fingerprints)

    texts = dict(package.common(fingerprints))
    texts.update(package.runtime())
    texts.update(render(sorted(wanted), texts_of))
    return Built([], texts, package.paths(), package.refusing(), files, len(package.homes))


def _older(
    project: Project,
    package: Package,
    file: str,
    found: Versions,
    types: Mapping[str, Named],
    fingerprints: Mapping[str, int],
) -> Iterator[tuple[str, str]]:
    """Yield the modules of a contract's older versions: classes of eras, decoders, what lifts."""
    for root, own in found.eras.items():
        yield from package.unit(own[root], {**types, **own}, found.sources[root], fingerprints[root])
    for old in found.olds:
        yield package.version(old)
    contract = found.olds[0].contract if found.olds else ""
    if package.is_lifted(contract):
        source = file_beside(file, contract)
        yield package.upcasts(contract, source, (project.root / source).read_text(encoding="utf-8"))
