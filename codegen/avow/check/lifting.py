"""Run upcasters on samples, in a process of its own: they are code that nobody has reviewed yet."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from avow.config import Project

SECONDS = 10
"""How long the upcasters of one contract may take."""
_RUNNER = Path(__file__).with_name("lift.py")


class Failure(msgspec.Struct, frozen=True):
    """What went wrong."""

    function: str
    """The upcaster; empty where their file could not be loaded."""
    what: str
    fix: str = ""


def lift(project: Project, path: Path, chains: list[list[str]], seconds: float = SECONDS) -> list[Failure]:
    """Run chains of upcasters, each on a sample of what its first function takes.

    Args:
        project: Whose generated package has the classes.
        path: The file with the functions.
        chains: Names of functions, each in the order in which they are to be called.
        seconds: How long they may take together.
    """
    asked = msgspec.json.encode({"file": str(path), "package": project.settings.package, "chains": chains})
    process = subprocess.Popen(
        [sys.executable, "-s", "-P", str(_RUNNER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(project.generated), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        answer, _ = process.communicate(asked, timeout=seconds)
    except subprocess.TimeoutExpired:
        return [Failure(chains[0][0], f"did not end within {seconds:g} seconds")]
    finally:
        _end(process)
    try:
        return msgspec.json.decode(answer, type=list[Failure])
    except msgspec.DecodeError:
        return [Failure(chains[0][0], f"ended the process that ran it, with code {process.returncode}")]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, and what it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
