"""What a service pays at start: importing a generated package of 200 contracts, each with three older versions.

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
from benchmarks.project import CannotRun, avow, generate, project, write_schema
from benchmarks.shapes import OPTIONAL, Json, field
from benchmarks.table import show

FILES = 200 + 10  # one file in twenty is a shared type
OLDER = 3
RUNS = 15
HEADER = ("", "median ms", "fastest ms", "aim ms")
AIMS = {"import contracts": 5, "all its classes": 45, "first decode": 12, "first decode of an older version": 12}

START = """
import sys
from time import perf_counter_ns as now
sys.path.insert(0, {generated!r})
import msgspec
names, data, older = {names!r}, bytes.fromhex({data!r}), bytes.fromhex({older!r})
"""
STOP = "\nprint(now() - start)\n"
LOAD = "for module, name in names: getattr(__import__(module, fromlist=(name,)), name)"
JOBS = {
    "import contracts": f"{START}start = now()\nimport contracts{STOP}",
    "all its classes": f"{START}start = now()\nimport contracts\n{LOAD}{STOP}",
    "first decode": f"{START}import contracts\nstart = now()\ncontracts.decode(data){STOP}",
    "first decode of an older version": f"{START}import contracts\nstart = now()\ncontracts.decode(older){STOP}",
}
SAMPLES = """
import json, sys
sys.path.insert(0, {generated!r})
import contracts, contracts.testing
names = {names!r}
classes = [getattr(__import__(module, fromlist=(name,)), name) for module, name in names]
nothing = {{f"added_{{number}}": None for number in range(3)}}
print(json.dumps([contracts.encode(contracts.testing.sample(cls, **nothing)).hex() for cls in classes]))
"""

Names = list[tuple[str, str]]


def main() -> None:
    """Print the table, or in one line why it cannot be measured."""
    tree = corpus(FILES)
    with project(tree.files()) as folder:
        try:
            _with_history(folder, tree.contracts)
            generate(folder)
            times = _measure(folder, tree.contracts)
        except CannotRun as why:
            print(f"import: {why}\n")
            return
    what = f"import of {len(tree.contracts)} contracts with {OLDER} older versions each"
    title = f"{what}, fresh processes, beyond msgspec, {RUNS} runs"
    show(title, HEADER, [_row(job, millis) for job, millis in times.items()])


def _row(job: str, millis: list[float]) -> list[str]:
    return [job, f"{statistics.median(millis):.2f}", f"{min(millis):.2f}", str(AIMS[job])]


def _names(contracts: list[Contract]) -> Names:
    return [(f"contracts.{each.namespace}", each.name) for each in contracts]


def _with_history(folder: Path, contracts: list[Contract]) -> None:
    """Release versions, each with an optional field more, and leave one that is not released yet."""
    fields: list[Json] = []
    for number in range(OLDER):
        avow(folder, "release")
        fields.append(field(f"added_{number}", OPTIONAL))
        for contract in contracts:
            schema = {**contract.schema, "fields": [*contract.schema["fields"], *fields]}
            write_schema(folder / "schemas" / contract.path, schema)


def _measure(folder: Path, contracts: list[Contract]) -> dict[str, list[float]]:
    """Milliseconds of each job in each run; each run decodes another contract."""
    generated, names = folder / "generated", _names(contracts)
    compileall.compile_dir(generated, quiet=2)
    messages = json.loads(_child(SAMPLES, generated, names))
    times: dict[str, list[float]] = {job: [] for job in JOBS}
    for run in range(RUNS):
        at = run * len(messages) // RUNS
        older = _as_first_version(folder, contracts[at], messages[at])
        for job, code in JOBS.items():
            times[job].append(int(_child(code, generated, names, messages[at], older)) / 1e6)
    return times


def _as_first_version(folder: Path, contract: Contract, message: str) -> str:
    """The message as the first version wrote it: without what was added, all of which is at its end and null."""
    versions = folder / f"schemas/released/{contract.namespace}.{contract.name}/versions.json"
    first = json.loads(versions.read_text(encoding="utf-8"))["versions"][0]
    header = "c301" + int(first["fingerprint"], 16).to_bytes(8, "little").hex()
    return header + message[20 : len(message) - 2 * OLDER]


def _child(code: str, generated: Path, names: Names, data: str = "", older: str = "") -> str:
    """What a fresh Python prints for the code; raises CannotRun with the last line of its complaint."""
    text = code.format(generated=str(generated), names=names, data=data, older=older)
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun((done.stderr.strip().splitlines() or ["the child said nothing"])[-1])
    return done.stdout
