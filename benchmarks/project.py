"""A throw-away avow project: writes schemas, runs the command as its own process, tidies up."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.shapes import Json

ROOT = Path(__file__).resolve().parent.parent
SHORT = re.compile(r"[{\[][^{}\[\]]*[}\]]")  # an object or array without another one in it
LINE = 110
SETTINGS = '[tool.avow]\nnamespace = ""\n'


class CannotRun(Exception):
    """avow could not do what a benchmark needs; the text says what it answered."""


@contextmanager
def project(files: dict[str, Json]) -> Iterator[Path]:
    """A directory with settings and these schemas (path below schemas/ -> JSON), removed at the end."""
    with tempfile.TemporaryDirectory(prefix="avow-bench-") as name:
        folder = Path(name)
        (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
        for path, schema in files.items():
            write_schema(folder / "schemas" / path, schema)
        yield folder


def write_schema(path: Path, schema: Json) -> None:
    """The schema as people keep it: indented by two, with what is short on one line."""
    text = SHORT.sub(_on_one_line, json.dumps(schema, indent=2, ensure_ascii=False))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _on_one_line(found: re.Match[str]) -> str:
    text = re.sub(r"(?<=\[) | (?=\])", "", re.sub(r"\s*\n\s*", " ", found[0]))
    return text if len(text) <= LINE else found[0]


def generate(folder: Path) -> None:
    """Run `avow generate` there as a process; raises CannotRun with its output when it fails."""
    avow(folder, "generate")


def avow(folder: Path, *arguments: str) -> None:
    """Run a command of avow there as a process; raises CannotRun with its output when it fails."""
    command = [sys.executable, "-m", "avow", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-3:] or ["no output"]
        raise CannotRun(f"`avow {' '.join(arguments)}` ended with exit {done.returncode}: {' | '.join(said)}")


def forget(folder: Path) -> None:
    """Remove whatever generate left, caches included, so that the next run starts from nothing."""
    for entry in folder.iterdir():
        if entry.name not in ("pyproject.toml", "schemas"):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def environment() -> dict[str, str]:
    """What a process needs to find the avow of this checkout."""
    paths = [str(ROOT / "codegen"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
