"""A check that looks only at what changed finds what a check of everything finds."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.support.project import make_project
from tests.support.repository import commit, git

from avow import config, release
from avow.check import run
from avow.check.scope import scope
from avow.load.tree import Tree
from avow.report import FORMATS

STEPS = 30
DAY = date(2026, 1, 1)
SEEN: Counter[str] = Counter()


class Schemas:
    """Three shared types and eight contracts that use them, which change at random."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.fields: dict[str, list[dict[str, Any]]] = {}
        for number in range(3):
            self.fields[f"a.Shared{number}"] = [{"name": "x", "type": "string"}]
        for number in range(8):
            uses = {"name": "part", "type": f"a.Shared{number % 3}"}
            self.fields[f"b.Event{number}"] = [{"name": "id", "type": "string"}, uses]
        self.aliases: dict[str, list[str]] = {}
        self.count = 0

    def files(self) -> dict[str, Any]:
        return {f"{name.replace('.', '/')}.avsc": self._schema(name) for name in self.fields}

    def _schema(self, name: str) -> dict[str, Any]:
        contract = {"contract": {"kind": "event"}} if name.startswith("b.") else {}
        aliases = {"aliases": self.aliases[name]} if name in self.aliases else {}
        return {"type": "record", "name": name, **aliases, **contract, "fields": self.fields[name]}

    def step(self) -> str:
        name = self.rng.choice(sorted(self.fields))
        what = self.rng.choice(
            ("offer", "offer", "offer", "require", "drop", "excuse", "rename", "remove", "case", "nothing")
        )
        self.count += 1
        if what in ("offer", "require", "excuse"):
            default = {"default": None} if what == "offer" else {}
            excuse = {"except": {"FIELD_MISSING": "Nobody reads it."}} if what == "excuse" else {}
            self.fields[name].append({"name": f"f{self.count}", "type": ["null", "string"], **default, **excuse})
        elif what == "drop" and len(self.fields[name]) > 2:
            self.fields[name].pop()
        elif what == "rename" and name.startswith("b."):
            new = f"b.Renamed{self.count}"
            self.fields[new] = self.fields.pop(name)
            self.aliases[new] = [name]
        elif what == "remove" and name.startswith("b."):
            del self.fields[name]
        elif what == "case" and self.count % 5 == 0:
            self.fields[f"b.EVENT{self.count % 8}"] = [{"name": "id", "type": "string"}]
        return what


def write(root: Path, schemas: Schemas) -> None:
    for path in (root / "schemas").glob("[ab]/*.avsc"):
        path.unlink()
    make_project(root, schemas.files())


def found(root: Path, against: list[str]) -> list[str]:
    return sorted(FORMATS["json"](run(config.find(root), against, today=DAY)).splitlines())


@pytest.mark.parametrize("seed", range(6))
def test_a_part_of_it_finds_what_all_of_it_does(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rng = Random(seed)
    schemas = Schemas(rng)
    write(tmp_path, schemas)
    git(tmp_path, "init", "-q", "-b", "main")
    assert release.release(config.find(tmp_path), today=DAY).findings == []
    commit(tmp_path)
    for _ in range(STEPS):
        what = schemas.step()
        write(tmp_path, schemas)
        if rng.random() < 0.2:
            release.release(config.find(tmp_path), today=DAY)
        if rng.random() < 0.1:
            commit(tmp_path)
        against = ["HEAD"] if rng.random() < 0.5 else []
        part = found(tmp_path, against)
        cache = tmp_path / ".avow"
        kept = tmp_path / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        if cache.exists():
            cache.rename(kept)
        assert part == found(tmp_path, against), what
        SEEN["clean" if not part else "findings"] += 1
        shutil.rmtree(cache, ignore_errors=True)
        if kept.exists():
            kept.rename(cache)
        if rng.random() < 0.3:  # what is wrong is put right, so that the next steps begin from a clean state
            schemas = _undone(tmp_path, schemas, rng)


def _undone(root: Path, before: Schemas, rng: Random) -> Schemas:
    """The schemas as they were committed last."""
    fresh = Schemas(rng)
    fresh.count = before.count
    listed = git(root, "ls-tree", "-r", "--name-only", "HEAD", "schemas/a", "schemas/b").splitlines()
    read = [json.loads(git(root, "show", f"HEAD:{path}")) for path in listed]
    fresh.fields = {schema["name"]: schema["fields"] for schema in read}
    fresh.aliases = {schema["name"]: schema["aliases"] for schema in read if "aliases" in schema}
    return fresh


def test_one_change_loads_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schemas = Schemas(Random(1))
    write(tmp_path, schemas)
    project = config.find(tmp_path)
    assert release.release(project, today=DAY).findings == []
    assert run(project, today=DAY) == []
    loaded: list[Tree] = []
    module = sys.modules["avow.check.run"]
    monkeypatch.setattr(module, "scope", lambda *arguments: _spied(loaded, *arguments))
    assert run(project, today=DAY) == []
    schemas.fields["b.Event4"].append({"name": "more", "type": "int", "default": 0})
    write(tmp_path, schemas)
    assert run(project, today=DAY) == []
    schemas.fields["a.Shared1"].append({"name": "more", "type": "int"})
    write(tmp_path, schemas)
    assert {each.rule for each in run(project, today=DAY)} == {"FIELD_MISSING"}
    assert [sorted(tree.files) for tree in loaded] == [
        [],
        ["a.Shared1", "b.Event4"],
        ["a.Shared1", "b.Event1", "b.Event4", "b.Event7"],
    ]


def _spied(loaded: list[Tree], *arguments: Any) -> Any:
    looked = scope(*arguments)
    loaded.append(looked.tree)
    return looked


def test_both_were_seen() -> None:
    if SEEN.total() < 100:
        pytest.skip("only some of the steps were taken")
    assert min(SEEN["clean"], SEEN["findings"]) > 40, SEEN
