"""How long `avow generate` takes as a whole process: from nothing, with nothing to do, after one edit."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.corpus import Contract, corpus
from benchmarks.project import CannotRun, forget, generate, project, write_schema
from benchmarks.shapes import OPTIONAL, Json, field
from benchmarks.table import show

SCHEMAS = 1000
RUNS = 7
HEADER = ("", "median s", "fastest s", "aim s")
Times = dict[str, list[float]]
AIMS = {"from nothing": 2.0, "nothing to do": 0.2, "after one edit": 0.35}


def main() -> None:
    """Print the table, or in one line why it cannot be measured."""
    tree = corpus(SCHEMAS)
    files = tree.files()
    with project(files) as folder:
        size = statistics.mean(path.stat().st_size for path in (folder / "schemas").rglob("*.avsc"))
        try:
            times = _measure(folder, tree.contracts)
        except CannotRun as why:
            print(f"generate: {why}\n")
            return
    title = f"avow generate: {len(files)} schemas of {size / 1000:.1f} kB, whole processes, {RUNS} runs"
    show(title, HEADER, [_row(job, seconds) for job, seconds in times.items()])


def _row(job: str, seconds: list[float]) -> list[str]:
    return [job, f"{statistics.median(seconds):.3f}", f"{min(seconds):.3f}", f"{AIMS[job]:g}"]


def _measure(folder: Path, contracts: list[Contract]) -> Times:
    """Seconds of each job in each run; a run before them fills Python's own caches."""
    generate(folder)
    times: Times = {job: [] for job in AIMS}
    for run in range(RUNS):
        forget(folder)
        times["from nothing"].append(_seconds(lambda: generate(folder)))
        times["nothing to do"].append(_seconds(lambda: generate(folder)))
        _edit(folder, contracts[run * len(contracts) // RUNS], run)
        times["after one edit"].append(_seconds(lambda: generate(folder)))
    return times


def _edit(folder: Path, contract: Contract, run: int) -> None:
    """Give the contract one optional field more, as most changes do."""
    added = field(f"added_{run}", OPTIONAL)
    schema: Json = {**contract.schema, "fields": [*contract.schema["fields"], added]}
    write_schema(folder / "schemas" / contract.path, schema)


def _seconds(job: Callable[[], None]) -> float:
    start = perf_counter()
    job()
    return perf_counter() - start
