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


class Message(msgspec.Struct, frozen=True):
    """A value that a version of an older era may have written."""

    schema: str
    """The text of the version's schema."""
    data: str
    """The value in Avro's binary encoding, as hexadecimal digits."""
    what: str
    """What it is, in words."""


class Job(msgspec.Struct, frozen=True):
    """Upcasters that lift one era, and what they are tried on besides a sample."""

    functions: list[str]
    """Their names, in the order in which they are to be called."""
    reader: str
    """Full name of the type that the first one takes."""
    messages: list[Message] = []


def lift(project: Project, path: Path, jobs: list[Job], seconds: float = SECONDS) -> list[Failure]:
    """Run upcasters, on a sample of what the first of them takes and on values of old versions.

    Args:
        project: Whose generated package has the classes.
        path: The file with the functions.
        jobs: What is to be run.
        seconds: How long all of it may take.
    """
    asked = msgspec.json.encode({"file": str(path), "package": project.settings.package, "jobs": jobs})
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
        return [Failure(jobs[0].functions[0], f"did not end within {seconds:g} seconds")]
    finally:
        _end(process)
    try:
        return msgspec.json.decode(answer, type=list[Failure])
    except msgspec.DecodeError:
        return [Failure(jobs[0].functions[0], f"ended the process that ran it, with code {process.returncode}")]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, and what it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
