"""Whatever happens between two runs, the second leaves what a first one in an empty folder would."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from random import Random

import pytest
from tests.support.edits import Schemas
from tests.support.generated import generate
from tests.support.project import make_project
from tests.support.trees import CACHES, compiled, folders, stamps, tree

from avow.config import find
from avow.generate.run import Result
from avow.load.tree import load
from avow.report import FORMATS

STEPS = 40
SEEDS = range(4)


class Pair:
    """A project that is generated again and again, held against fresh ones."""

    def __init__(self, folder: Path, rng: Random) -> None:
        self.folder = folder
        self.root = folder / "project"
        self.generated = self.root / "generated"
        self.rng = rng
        self.schemas = Schemas(rng, 8)
        self.settings = {"package": "contracts", "namespace": "ins"}
        self.write(self.root)

    def write(self, root: Path) -> None:
        """Bring the schema files of a project up to date; those that stay as they are aren't written."""
        files = {name: json.dumps(value, indent=1) for name, value in self.schemas.files().items()}
        lines = [f'{key} = "{value}"' for key, value in self.settings.items()]
        make_project(root, {}, "\n".join(lines))
        schemas = root / "schemas"
        schemas.mkdir(exist_ok=True)
        there = tree(schemas)
        for name in there.keys() - files.keys():
            (schemas / name).unlink()
        for name, text in files.items():
            if there.get(name) != text.encode():
                (schemas / name).parent.mkdir(parents=True, exist_ok=True)
                (schemas / name).write_text(text)

    def cold(self) -> tuple[Path, Result]:
        root = self.folder / "cold"
        shutil.rmtree(root, ignore_errors=True)
        self.write(root)
        return root / "generated", generate(root)

    def step(self) -> str:
        """Do one thing that may happen between two runs, and say what."""
        edits = (self.schemas.edit,) * 20
        outputs = (self.edit_output, self.delete_output, self.add_output, self.empty_package)
        caches = (self.delete_cache, self.corrupt_cache, self.former_cache)
        return self.rng.choice((*edits, *outputs, *caches, self.touch, self.configure))()

    # what happens besides edits of schemas

    def touch(self) -> str:
        path = self.rng.choice(sorted((self.root / "schemas").rglob("*.avsc")))
        os.utime(path, ns=(path.stat().st_mtime_ns + 5, path.stat().st_mtime_ns + 5))
        return f"touch {path}"

    def _output(self) -> Path:
        return self.generated / self.rng.choice(sorted(tree(self.generated)))

    def edit_output(self) -> str:
        path = self._output()
        path.write_bytes(self.rng.choice((b"", path.read_bytes() + b"\n", b"x" * path.stat().st_size)))
        return f"edit {path.name}"

    def delete_output(self) -> str:
        path = self._output()
        path.unlink()
        return f"delete {path.name}"

    def add_output(self) -> str:
        path = self.generated / self.settings["package"] / self.rng.choice(("mine.py", ".mine.py.77", "new/a/b.py"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
        return f"add {path.name}"

    def empty_package(self) -> str:
        shutil.rmtree(self.generated / self.settings["package"])
        return "empty the package"

    def _cache(self) -> Path:
        return self.root / ".avow" / "generate.json"

    def delete_cache(self) -> str:
        shutil.rmtree(self.root / ".avow")
        return "delete the cache"

    def corrupt_cache(self) -> str:
        data = self._cache().read_bytes() if self._cache().exists() else b"{}"
        self._cache().parent.mkdir(exist_ok=True)
        self._cache().write_bytes(self.rng.choice((data[: len(data) // 2], b"[]", b"\xff\x00", b'{"key": 1}', b"")))
        return "corrupt the cache"

    def former_cache(self) -> str:
        """Go on with the cache of another time, as a CI does that restores one."""
        kept = self.folder / "kept.json"
        if kept.exists():
            shutil.copy(kept, self._cache())
        elif self._cache().exists():
            shutil.copy(self._cache(), kept)
        return "restore a cache"

    def configure(self) -> str:
        key = self.rng.choice(sorted(self.settings))
        self.settings[key] = self.rng.choice({"package": ("contracts", "events"), "namespace": ("ins", "", "a")}[key])
        return f"configure {self.settings}"

    def compile(self) -> None:
        """Put bytecode beside each module, as whatever imports it does."""
        for path in self.generated.rglob("*.py"):
            folder = path.parent / CACHES
            folder.mkdir(exist_ok=True)
            (folder / f"{path.stem}.cpython-311.pyc").write_bytes(b"stale")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_after_anything_is_a_first_run(tmp_path: Path, seed: int) -> None:
    pair = Pair(tmp_path, Random(seed))
    assert generate(pair.root).findings == []
    log: list[str] = []
    for _ in range(STEPS):
        pair.compile()
        log.append(pair.step())
        pair.write(pair.root)
        _check_step(pair, log)
        assert not generate(pair.root).changes, log


def _check_step(pair: Pair, log: list[str]) -> None:
    old, times = tree(pair.generated), stamps(pair.generated)
    result = generate(pair.root)
    assert result.findings == [], log
    cold, first = pair.cold()
    new = tree(pair.generated)
    assert new.keys() == tree(cold).keys(), log
    assert new == tree(cold), log
    assert folders(pair.generated) == folders(cold), log
    assert result.types == first.types
    _check_times(pair, old, new, times, log)


def _check_times(
    pair: Pair, old: dict[str, bytes], new: dict[str, bytes], times: dict[str, tuple[int, int]], log: list[str]
) -> None:
    """Only what differs was written, the package's `__init__` aside, which refuses to be imported meanwhile."""
    now = stamps(pair.generated)
    guard = f"{pair.settings['package']}/__init__.py"
    same = {path for path, content in new.items() if old.get(path) == content and path != guard}
    assert [path for path in same if now[path] != times[path]] == [], log
    changed = [path for path in new if path not in same and path != guard and path.endswith(".py")]
    assert [path for path in changed if compiled(pair.generated, path)] == [], log


def _broken(rng: Random, types: list[str]) -> tuple[str, str]:
    """Return name and text of a file that makes a tree with these types invalid."""
    name = rng.choice(types)
    conflict = {"type": "fixed", "name": name, "namespace": "", "size": 99}
    other_case = {"type": "enum", "name": name.swapcase(), "namespace": "", "symbols": ["A"]}
    inside = {"type": "enum", "name": f"{name}.Inside", "symbols": ["A"]}
    unknown = {"type": "record", "name": "ins.New", "fields": [{"name": "x", "type": "ins.Nowhere"}]}
    value = rng.choice((conflict, other_case, inside, unknown, "{"))
    return rng.choice(("00.avsc", "zzz.avsc")), json.dumps(value) if isinstance(value, dict) else value


@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_finds_what_a_first_run_finds(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    pair = Pair(tmp_path, rng)
    generate(pair.root)
    for _ in range(STEPS // 2):
        log = pair.schemas.edit()
        pair.write(pair.root)
        generate(pair.root)
        old, times = tree(pair.generated), stamps(pair.generated)
        schemas = sorted((pair.root / "schemas").rglob("*.avsc"))
        if rng.random() < 0.3:
            rng.choice(schemas).unlink()
        else:
            name, text = _broken(rng, list(pair.schemas.types))
            (pair.root / "schemas" / name).write_text(text)
        findings = load(find(pair.root)).findings
        result = generate(pair.root)
        assert FORMATS["text"](result.findings) == FORMATS["text"](findings), log
        if findings:
            assert (tree(pair.generated), stamps(pair.generated)) == (old, times)
