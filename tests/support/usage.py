"""Projects with services, to be indexed in this process: the contracts are those of tests/styles."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from tests.support.styles import STYLES

from avow import config
from avow.config import Project
from avow.generate import run as generate
from avow.index.contents import Index
from avow.index.fact import Fact
from avow.index.update import update


class Case(NamedTuple):
    """A small piece of code and all that the index should find in it, a line for each."""

    name: str
    code: str
    facts: str
    reasons: bool = False


@cache
def _generated() -> Path:
    """The schemas of the styles with the package generated from them, made once."""
    root = Path(mkdtemp(prefix="avow-usage-"))
    shutil.copytree(STYLES / "schemas", root / "schemas")
    (root / "pyproject.toml").write_text('[tool.avow]\nnamespace = "shop"\n', encoding="utf-8")
    generate.run(project_at(root))
    return root


def project_at(root: Path) -> Project:
    """Return the project in a folder, as it is now."""
    return config.find(root)


def write_project(root: Path, files: Mapping[str, str], settings: str = "") -> Project:
    """Write a project with the contracts of the styles, the package, and these files."""
    shutil.copytree(_generated(), root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".avow"))
    if settings:
        (root / "pyproject.toml").write_text(f'[tool.avow]\nnamespace = "shop"\n{settings}\n', encoding="utf-8")
    write_files(root, files)
    return project_at(root)


def write_files(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def index_of(project: Project) -> Index:
    """Return the index of a project; its schemas have no findings."""
    updated = update(project)
    assert updated.findings == []
    return updated.index


def said(facts: Iterable[Fact], *, reasons: bool = False) -> list[str]:
    """Return facts in short, as `7 read Item.sku`, sorted."""
    found = []
    for fact in facts:
        what = fact.type.rpartition(".")[2] + ("" if fact.field == "*" else f".{fact.field}")
        reason = f" ({fact.reason})" if reasons and fact.reason else ""
        found.append((fact.line, f"{fact.line} {fact.kind} {what}{reason}"))
    return [text for _, text in sorted(found)]
