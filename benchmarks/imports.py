"""What a service pays at start: importing a generated package of 200 contracts, in fresh processes.

The clock runs inside the child, around the imports alone, after msgspec is there; .pyc files exist, as they
do in an image that was built properly.
"""

from __future__ import annotations

import compileall
import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.corpus import Contract, corpus
from benchmarks.project import CannotRun, generate, project
from benchmarks.table import show

FILES = 200 + 10  # one file in twenty is a shared type
RUNS = 15
HEADER = ("", "median ms", "fastest ms", "aim ms")
AIMS = {"import contracts": 5, "all its classes": 45, "first decode": 12}

START = """
import sys
from time import perf_counter_ns as now
sys.path.insert(0, {generated!r})
import msgspec
names, data = {names!r}, bytes.fromhex({data!r})
"""
STOP = "\nprint(now() - start)\n"
LOAD = "for module, name in names: getattr(__import__(module, fromlist=(name,)), name)"
JOBS = {
    "import contracts": f"{START}start = now()\nimport contracts{STOP}",
    "all its classes": f"{START}start = now()\nimport contracts\n{LOAD}{STOP}",
    "first decode": f"{START}import contracts\nstart = now()\ncontracts.decode(data){STOP}",
}
SAMPLES = """
import json, sys
sys.path.insert(0, {generated!r})
import contracts, contracts.testing
names = {names!r}
classes = [getattr(__import__(module, fromlist=(name,)), name) for module, name in names]
print(json.dumps([contracts.encode(contracts.testing.sample(cls)).hex() for cls in classes]))
"""

Names = list[tuple[str, str]]


def main() -> None:
    """Print the table, or in one line why it cannot be measured."""
    tree = corpus(FILES)
    with project(tree.files()) as folder:
        try:
            generate(folder)
            times = _measure(folder / "generated", _names(tree.contracts))
        except CannotRun as why:
            print(f"import: {why}\n")
            return
    title = f"import of {len(tree.contracts)} contracts, fresh processes, beyond msgspec, {RUNS} runs"
    show(title, HEADER, [_row(job, millis) for job, millis in times.items()])


def _row(job: str, millis: list[float]) -> list[str]:
    return [job, f"{statistics.median(millis):.2f}", f"{min(millis):.2f}", str(AIMS[job])]


def _names(contracts: list[Contract]) -> Names:
    return [(f"contracts.{each.namespace}", each.name) for each in contracts]


def _measure(generated: Path, names: Names) -> dict[str, list[float]]:
    """Milliseconds of each job in each run; each run decodes another contract."""
    compileall.compile_dir(generated, quiet=2)
    messages = json.loads(_child(SAMPLES, generated, names))
    times: dict[str, list[float]] = {job: [] for job in JOBS}
    for run in range(RUNS):
        message = messages[run * len(messages) // RUNS]
        for job, code in JOBS.items():
            times[job].append(int(_child(code, generated, names, message)) / 1e6)
    return times


def _child(code: str, generated: Path, names: Names, data: str = "") -> str:
    """What a fresh Python prints for the code; raises CannotRun with the last line of its complaint."""
    text = code.format(generated=str(generated), names=names, data=data)
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun((done.stderr.strip().splitlines() or ["the child said nothing"])[-1])
    return done.stdout
