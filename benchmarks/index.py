"""The index of a monorepo of a million lines in 500 services: brought up to date by `avow generate`, and asked.

Whole processes; the generated package is there already. Beside a question, what people do without an index.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.corpus import Corpus, corpus
from benchmarks.project import CannotRun, environment, generate, project
from benchmarks.services import lines_of, services
from benchmarks.table import show

SCHEMAS, SERVICES, SMALL, RUNS = 60, 500, 5, 5
HEADER = ("", "median s", "fastest s", "aim s")
AIMS = {"from nothing": "4", "after one edit": "1", "nothing to do": "0.8"}
Times = dict[str, list[float]]


def main() -> None:
    """Print the tables, or in one line why they cannot be measured."""
    tree = corpus(SCHEMAS)
    try:
        with project(tree.files()) as small, project(tree.files()) as large:
            _write(small, tree, SMALL)
            lines = _write(large, tree, SERVICES)
            generate(small)
            _up_to_date(large, lines)
            _questions(large, small, tree)
    except (CannotRun, OSError) as why:
        print(f"index: {why}\n")


def _write(folder: Path, tree: Corpus, count: int) -> int:
    """Write services; return how many lines they have."""
    lines = 0
    for name, text in services(count, tree.contracts):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        lines += lines_of(text)
    return lines


def _up_to_date(folder: Path, lines: int) -> None:
    generate(folder)
    times: Times = {job: [] for job in AIMS}
    for run in range(RUNS):
        for name in ("index.msgpack", "answers.msgpack"):
            (folder / ".avow" / name).unlink()
        shutil.rmtree(folder / ".avow/mypy")
        times["from nothing"].append(_seconds(lambda: generate(folder)))
        times["nothing to do"].append(_seconds(lambda: generate(folder)))
        _edit(folder, run)
        times["after one edit"].append(_seconds(lambda: generate(folder)))
    title = f"the index: {SERVICES} services of {lines / 1e6:.2f} million lines, avow generate, {RUNS} runs"
    show(title, HEADER, [_row(job, seconds, AIMS[job]) for job, seconds in times.items()])


def _edit(folder: Path, run: int) -> None:
    """Read one field more in a helper that a handler calls."""
    path = folder / f"consumers/service{run * 4 + 1:03}/reading.py"
    path.write_text(path.read_text().replace("event.event_id)", "(event.event_id, event.occurred_at))"))


def _questions(large: Path, small: Path, tree: Corpus) -> None:
    contract = tree.contracts[0]
    subject = f"{contract.name}.event_id"
    generate(large)
    grep = ("grep", "-rnw", "--include=*.py", "event_id", "consumers", "producers")
    jobs = {
        "avow who TYPE.FIELD": (_avow(large, "who", subject), "0.15"),
        "avow flow TYPE": (_avow(large, "flow", contract.name), "0.15"),
        f"avow who TYPE.FIELD, {SMALL} services": (_avow(small, "who", subject), "0.1"),
        "grep -rnw FIELD": (_command(large, *grep), ""),
    }
    times: Times = {name: [] for name in jobs}
    for _ in range(RUNS * 3):
        for name, (job, _) in jobs.items():
            times[name].append(_seconds(job))
    show(f"a question, {RUNS * 3} runs", HEADER, [_row(name, times[name], aim) for name, (_, aim) in jobs.items()])


def _avow(folder: Path, *arguments: str) -> Callable[[], None]:
    return _command(folder, sys.executable, "-m", "avow", *arguments)


def _command(folder: Path, *command: str) -> Callable[[], None]:
    def run() -> None:
        done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines()[-1:] or ["no output"]
            raise CannotRun(f"`{' '.join(command[:4])}` ended with exit {done.returncode}: {said[0]}")

    return run


def _row(job: str, seconds: list[float], aim: str) -> list[str]:
    return [job, f"{statistics.median(seconds):.3f}", f"{min(seconds):.3f}", aim]


def _seconds(job: Callable[[], None]) -> float:
    start = perf_counter()
    job()
    return perf_counter() - start
