"""Projects on disk: write one, run avow on it, import what it generated."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
CODEGEN = REPOSITORY / "codegen"


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


def make_project(root: Path, files: Mapping[str, Any], settings: str = "") -> Path:
    """Write a project into a folder and return it.

    `files` are schemas by path below `schemas/`, as text or as JSON; `settings` are lines of `[tool.avow]`.
    """
    root.mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text(f"[tool.avow]\n{settings}\n", encoding="utf-8")
    for name, content in files.items():
        path = root / "schemas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, indent=2, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
    return root


def avow(root: Path, *arguments: str, timeout: float = 300) -> Outcome:
    """Run the real command on a project, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(CODEGEN), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "avow", "-C", str(root), *arguments],
        env=environment,
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def avow_here(root: Path, *arguments: str) -> Outcome:
    """Run the command on a project in this process, which saves the start-up."""
    import contextlib
    import gc
    import io

    from avow import cli

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(["-C", str(root), *arguments])
    gc.enable()  # a command leaves it off, which in this process adds up
    return Outcome(code, out.getvalue(), err.getvalue())


def load_package(folder: Path, name: str = "contracts") -> ModuleType:
    """Import a generated package afresh from the folder that holds it.

    Its modules load when first used, so only the package that was loaded last may be used.
    """
    forget_package(name)
    importlib.invalidate_caches()
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


def forget_package(name: str = "contracts") -> None:
    """Take a package and all its modules out of those that are loaded."""
    for loaded in [module for module in sys.modules if module == name or module.startswith(f"{name}.")]:
        del sys.modules[loaded]
