"""Eras: which contracts begin one, and the stub of the function that lifts the values of the one that ends."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from avow.check import judge
from avow.config import Project
from avow.errors import AvowError
from avow.finding import Change
from avow.frozen import Frozen, History
from avow.generate.layout import Layout
from avow.load.tree import Tree
from avow.load.upcasters import file_beside
from avow.release.plan import Step
from avow.release.write import replace
from avow.runtime.schema import Record, short_name

_ERA = re.compile(r"[A-Z][A-Za-z0-9]*")
_FIX = "Name it like Era2, or after what it brings, such as Structured."


def beginning(
    project: Project,
    frozen: Frozen,
    tree: Tree,
    todo: Sequence[tuple[Record, History | None]],
    era: str,
    *,
    are_named: bool,
) -> set[str]:
    """Return the contracts that begin an era: those that were named, else those that break what is live.

    Raises:
        AvowError: The era cannot be named so, or no contract has a reason to begin one.
    """
    if not _ERA.fullmatch(era):
        raise AvowError(f"`{era}` is no name for an era, which becomes a part of class names", fix=_FIX)
    released = {contract.name: history for contract, history in todo if history and history.latest}
    found = set(released) if are_named else _broken(project, frozen, tree, released)
    if not found:
        fix = "Release without --new-era, or name the contracts whose meaning has changed."
        raise AvowError("no contract breaks what is live, so none begins an era", fix=fix)
    for name in sorted(found):
        _check(name, released[name], era, tree)
    return found


def _broken(project: Project, frozen: Frozen, tree: Tree, released: Collection[str]) -> set[str]:
    findings = judge(project, frozen, tree, only=released)
    changes = [each.change for each in findings if each.severity == "error"]
    return {change.contract for change in changes if isinstance(change, Change)}


def _check(name: str, history: History, era: str, tree: Tree) -> None:
    eras = {version.era for version in history.versions}
    if era in eras:
        raise AvowError(f"{name} has had an era {era} already", fix=_FIX)
    for each in sorted({*eras, era}):
        if f"{name}{each}" in tree.files:
            what = f"the class of the era would be {short_name(name)}{each}, and {name}{each} is another type"
            raise AvowError(what, fix=f"Choose another name than {era}." if each == era else f"Rename {name}{each}.")


def write_stub(project: Project, tree: Tree, step: Step) -> str:
    """Write or complete the file of upcasters of a contract that begins an era; return its name. Raises OSError."""
    contract, history = step.contract, step.history
    assert history is not None and history.latest is not None
    file = file_beside(tree.files[contract.name], contract.name)
    path = project.root / file
    old = f"{contract.name}{history.latest.era}"
    homes = Layout({**tree.units, old: old}, project.settings.namespace).homes
    home, before = homes[contract.name], homes[old]
    module = ".".join((project.settings.package, *home.package))
    if path.is_file():
        _complete(path, module, before.class_name, home.class_name, history.latest.era)
    else:
        imports = f"from {module} import {', '.join(sorted((home.class_name, before.class_name)))}"
        head = f'"""Lifts values of older eras of {contract.name} to the class of today."""'
        function = _function("upcast", before.class_name, home.class_name)
        replace(path, f"{head}\n\nfrom __future__ import annotations\n\n{imports}\n\n\n{function}")
    return file


def _complete(path: Path, module: str, old: str, new: str, era: str) -> None:
    """Add the function for one more era. What lifted earlier ones is left to people: it now ends at that era."""
    text = path.read_text(encoding="utf-8")
    name = f"upcast_{era.lower()}"
    lines = text.rstrip().splitlines()
    imports = [node for node in ast.parse(text).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    lines.insert(max((node.end_lineno or 0 for node in imports), default=0), f"from {module} import {old}")
    note = f"# The functions above returned {new} before it changed: they have to return {old} now."
    replace(path, "\n".join([*lines, "", "", note, _function(name, old, new)]))


def _function(name: str, old: str, new: str) -> str:
    return (
        f"def {name}(old: {old}) -> {new}:\n"
        f'    """Return what a value of the older era says, as {new}."""\n'
        f'    raise NotImplementedError("say what each field of {new} is made of")\n'
    )
