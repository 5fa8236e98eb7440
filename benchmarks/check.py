"""`avow check` over a thousand schemas in a git repository, beside `buf breaking` over as many .proto files.

The .proto files say the same as the schemas, and are broken in the same hundred places. buf comes from npm; where
there is none, avow is measured alone.
"""

from __future__ import annotations

import copy
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from benchmarks.compat import retype
from benchmarks.corpus import Contract, Corpus, corpus
from benchmarks.project import CannotRun, avow, environment, project, write_schema
from benchmarks.protos import proto, protos
from benchmarks.shapes import Json
from benchmarks.table import show

SCHEMAS, BREAKS, RUNS = 1000, 100, 5
BUF = "@bufbuild/buf@1.75.0"
HEADER = ("", "wall s", "cpu s", "aim: wall s", "cpu s")


class Command(NamedTuple):
    """A command to be measured: where it runs, and the exit code by which it says what it has found."""

    arguments: list[str]
    folder: Path
    code: int


class Cost(NamedTuple):
    """Seconds of a command: medians over its runs."""

    wall: float
    cpu: float


def main() -> None:
    """Print the tables, or in one line why they cannot be measured."""
    tree = corpus(SCHEMAS)
    try:
        with project(tree.files()) as folder, tempfile.TemporaryDirectory(prefix="avow-bench-") as other:
            _side_by_side(folder, Path(other), tree)
            _one_change(folder, tree)
    except (CannotRun, OSError) as why:
        print(f"check: {why}\n")


def _side_by_side(folder: Path, other: Path, tree: Corpus) -> None:
    commands = {"avow check --against main": Command(_avow(folder, "--against", "main"), folder, 1)}
    _repository(folder)
    buf = _buf(other, tree)
    if buf:
        commands["buf breaking --against main"] = Command(buf, other, 100)
    broken = _changed(tree, BREAKS)
    with _edited(folder, broken):
        _write_protos(other, broken)
        costs = _interleaved(commands)
    rows = [[name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", "", ""] for name, cost in costs.items()]
    if buf:
        peer = costs["buf breaking --against main"]
        rows[0][3:] = [f"{peer.wall / 4:.2f}", f"{peer.cpu / 4:.2f}"]
    show(f"{SCHEMAS} schemas, {BREAKS} of them broken, whole processes, {RUNS} runs", HEADER, rows)


def _one_change(folder: Path, tree: Corpus) -> None:
    commands = {"avow check --against main": Command(_avow(folder, "--against", "main"), folder, 1)}
    with _edited(folder, _changed(tree, 1)):
        costs = _interleaved(commands)
    avow(folder, "release")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "Release")
    avow(folder, "check")
    released = {"avow check, all released": Command(_avow(folder), folder, 1)}
    released |= {f"{name}, all released": command for name, command in commands.items()}
    with _edited(folder, _changed(tree, 1)):
        costs |= _interleaved(released)
    rows = [[name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", "0.2", ""] for name, cost in costs.items()]
    show(f"{SCHEMAS} schemas, one of them changed, whole processes, {RUNS} runs", HEADER, rows)


def _avow(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "avow", "-C", str(folder), "check", *arguments]


def _interleaved(commands: dict[str, Command]) -> dict[str, Cost]:
    """Medians of each; a run before them fills the caches."""
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(RUNS + 1):
        for name, command in commands.items():
            cost = _cost(command)
            runs[name] += [cost] if number else []
    return {
        name: Cost(statistics.median(cost.wall for cost in costs), statistics.median(cost.cpu for cost in costs))
        for name, costs in runs.items()
    }


def _cost(command: Command) -> Cost:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(
        command.arguments, cwd=command.folder, env=environment(), capture_output=True, text=True, check=False
    )
    wall, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != command.code:
        said = (done.stdout + done.stderr).strip().splitlines()[-1:] or ["no output"]
        raise CannotRun(f"`{' '.join(command.arguments[:4])} ...` ended with exit {done.returncode}: {said[0]}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _changed(tree: Corpus, count: int) -> dict[Contract, Json]:
    changed = {}
    for contract in Random(count).sample(tree.contracts, count):
        changed[contract] = copy.deepcopy(contract.schema)
        retype(changed[contract]["fields"])
    return changed


@contextmanager
def _edited(folder: Path, changed: dict[Contract, Json]) -> Iterator[None]:
    for contract, schema in changed.items():
        write_schema(folder / "schemas" / contract.path, schema)
    yield
    _git(folder, "checkout", "-q", "--", "schemas")


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def _repository(folder: Path) -> None:
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "Schemas")


# buf


def _buf(folder: Path, tree: Corpus) -> list[str]:
    """Return the command in a repository of .proto files; nothing, with a word to the user, where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        print("buf is left out: there is no npm here to install it with\n")
        return []
    tools = Path(__file__).parent.parent / ".avow" / "bench"
    binary = tools / "node_modules" / ".bin" / "buf"
    if not binary.exists():
        tools.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--prefix", str(tools), BUF], capture_output=True, check=False)
    if not binary.exists():
        print(f"buf is left out: npm did not install {BUF}\n")
        return []
    (folder / "buf.yaml").write_text("version: v2\nmodules:\n  - path: proto\nbreaking:\n  use: [FILE]\n")
    for path, text in protos(tree).items():
        _write(folder / "proto" / path, text)
    _repository(folder)
    return [os.path.realpath(binary), "breaking", "--against", ".git#branch=main"]


def _write_protos(folder: Path, changed: dict[Contract, Json]) -> None:
    for contract, schema in changed.items():
        _write(folder / "proto" / contract.path.replace(".avsc", ".proto"), proto(schema))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
