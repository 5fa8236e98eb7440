"""What of a project has to be loaded for a check: all of it, or what changed since a run that found nothing.

Such a run leaves a mark of every schema file. What is as it was then, with all that it refers to, was held against
what is released then; nothing can have become wrong with it since, unless the day, the settings, the tool or what is
released is another, and then all is loaded. The mark can be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

import avow
from avow import frozen
from avow.cache import key_of, make_folder
from avow.check.corpus import Corpus
from avow.check.difference import Difference
from avow.check.kept import digests
from avow.check.usage import Usage
from avow.config import Project, text_of
from avow.finding import Finding
from avow.frozen import Frozen
from avow.load.contracts import contracts_in
from avow.load.crosscheck import cross_check
from avow.load.tree import Places, Tree, load

_FILE = "check.json"
_PARTS = ("changes", "check", "compat", "frozen", "lint", "load", "runtime")


class Marked(Struct, frozen=True):
    """A schema file at the time of a run that found nothing."""

    digest: str
    types: list[str]
    contracts: list[str]


class Clean(Struct, frozen=True):
    """What such a run leaves."""

    key: str
    files: dict[str, Marked]
    upcasters: dict[str, str]
    """Each file of upcasters that was tried -> digest of its content."""
    lists: dict[str, str]
    """Each list of released versions -> digest of its content."""


class Scope(Struct, frozen=True):
    """What a check looks at."""

    tree: Tree
    released: Frozen
    current: frozenset[str]
    """Full names of all contracts of the working tree, loaded or not."""
    findings: list[Finding]
    """What is wrong with names of files that are not all loaded."""
    key: str
    others: dict[str, Marked]
    """The files that are not loaded."""
    upcasters: frozenset[str]
    """Files of upcasters of contracts that are not loaded, and perhaps of others."""
    lists: dict[str, str]
    """Lists of released versions that are as they were -> their digests."""


def scope(
    project: Project, files: Corpus, differences: Sequence[Difference], today: date, usage: Usage | None = None
) -> Scope:
    """Load what a check has to look at.

    Args:
        project: Whose schemas.
        files: Their files.
        differences: What of them differs from baselines.
        today: The day of the check.
        usage: Who uses the contracts, if that is asked for.

    Raises:
        AvowError: What is released cannot be read.
    """
    key = _key(project, today, usage.mark if usage else "")
    wanted = frozenset(usage.files) if usage else frozenset()
    clean = _read(project.cache / _FILE)
    if clean.key == key and _are_same(project, clean.upcasters):
        found = _narrow(project, files, differences, clean, wanted)
        if found is not None:
            return found
    return _whole(project, files, differences, key, wanted)


def _whole(
    project: Project, files: Corpus, differences: Sequence[Difference], key: str, wanted: frozenset[str]
) -> Scope:
    released = frozen.read(project)
    if released.histories:
        tree = load(project, known=files.loaded)
    else:  # nothing to hold them against but baselines
        touched = wanted.union(*(each.touched for each in differences))
        tree = load(project, files.closure(touched), files.loaded)
    return Scope(tree, released, frozenset(contracts_in(tree.schemas)), [], key, {}, frozenset(), {})


def _narrow(
    project: Project, files: Corpus, differences: Sequence[Difference], clean: Clean, wanted: frozenset[str]
) -> Scope | None:
    """Load what changed since a clean run; None where that takes all files."""
    same = {name: mark for name, mark in clean.files.items() if files.digests.get(name) == mark.digest}
    gone = [mark for name, mark in clean.files.items() if name not in same]
    changed = files.data.keys() - same.keys()
    lost = {contract for mark in gone for contract in mark.contracts}
    defined = {full for name in changed for full in files.facts(name).definitions}
    if not lost <= defined or any(not defined.isdisjoint(mark.types) for mark in same.values()):
        return None  # a contract is gone, or a type is defined twice
    touched = files.touched(changed, (full for mark in gone for full in mark.types))
    names = files.closure(touched.union(wanted, *(each.touched for each in differences)))
    tree = load(project, names, files.loaded)
    contracts = contracts_in(tree.schemas)
    others = {name: mark for name, mark in same.items() if name not in names}
    elsewhere = {full: name for name, mark in others.items() for full in mark.types}
    current = frozenset(contracts).union(*(mark.contracts for mark in others.values()))
    own = {name for each in contracts.values() for name in (each.name, *each.aliases)}
    return Scope(
        tree=tree,
        released=frozen.read(project, own),
        current=current,
        findings=cross_check(Places(project, tree, elsewhere)),
        key=clean.key,
        others=others,
        upcasters=frozenset(clean.upcasters),
        lists=clean.lists,
    )


def remember(project: Project, files: Corpus, looked: Scope, upcasters: Iterable[str]) -> None:
    """Leave a mark that nothing was found; a cache that cannot be written is no error.

    Args:
        project: Whose schemas.
        files: Their files.
        looked: What the check looked at.
        upcasters: Files of upcasters that were tried.
    """
    types: dict[str, list[str]] = {name: [] for name in looked.tree.sources}
    for full, name in looked.tree.files.items():
        types[name].append(full)
    contracts = contracts_in(looked.tree.schemas)
    marks = {
        name: Marked(files.digests[name], found, [full for full in found if full in contracts])
        for name, found in types.items()
    }
    tried = {file: _digest(project.root / file) for file in looked.upcasters.union(upcasters)}
    lists = looked.lists or digests(project, looked.released.histories)
    clean = Clean(looked.key, {**looked.others, **marks}, tried, lists)
    try:
        make_folder(project.cache)
        temporary = project.cache / f"{_FILE}.new"
        temporary.write_bytes(msgspec.json.encode(clean))
        temporary.replace(project.cache / _FILE)
    except OSError:
        pass


def _read(path: Path) -> Clean:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Clean)
    except (OSError, ValueError):
        return Clean("", {}, {}, {})


def _key(project: Project, today: date, usage: str) -> str:
    """Return what changes with the tool, the settings, the day, what is released and what the code does."""
    said = (avow.__version__, text_of(project.root), today.isoformat(), str(frozen.stamps(project)), usage)
    return key_of(said, _PARTS)


def _are_same(project: Project, upcasters: Mapping[str, str]) -> bool:
    return all(_digest(project.root / file) == before for file, before in upcasters.items())


def _digest(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""
