"""git, asked without a shell, a lock, or a checkout."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from msgspec import Struct

from avow.errors import AvowError

# A hook runs with these set, relative to another folder; the repository is the one around the project.
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


class Repository(Struct, frozen=True):
    """The repository around a project."""

    folder: Path
    """A folder inside, where git is run."""
    prefix: str
    """That folder as seen from the top: posix, empty for the top, without a slash at the end."""
    is_shallow: bool

    def run(self, *arguments: str, data: bytes | None = None) -> tuple[int, bytes, str]:
        """Run git; return its exit code, what it printed, and what it complained of."""
        return _run(self.folder, *arguments, data=data)

    def ask(self, *arguments: str) -> str | None:
        """Return the line that git prints, or None where it fails."""
        code, out, _ = self.run(*arguments)
        return out.decode("utf-8", "replace").strip() if code == 0 else None

    def need(self, *arguments: str, data: bytes | None = None) -> bytes:
        """Return what git prints.

        Raises:
            AvowError: It fails.
        """
        code, out, complaint = self.run(*arguments, data=data)
        if code:
            raise _failed(arguments[0], complaint)
        return out


def _run(folder: Path, *arguments: str, data: bytes | None = None) -> tuple[int, bytes, str]:
    environment = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
    command = ["git", "--no-pager", "--no-replace-objects", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, input=data or b"", capture_output=True, check=False)
    except FileNotFoundError:
        fix = "Install git, or give --against a folder or an archive."
        raise AvowError("there is no git here", fix=fix) from None
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip()


def _failed(command: str, complaint: str) -> AvowError:
    first = complaint.splitlines()[0] if complaint else "it does not say why"
    return AvowError(f"git {command} failed: {first.removeprefix('fatal: ')}")


def repository(folder: Path) -> Repository:
    """Return the repository around a folder.

    Raises:
        AvowError: There is none, or git does not trust it.
    """
    code, out, complaint = _run(folder, "rev-parse", "--is-shallow-repository", "--show-prefix")
    if code and "not a git repository" in complaint:
        fix = "Give --against a folder or an archive, or run in a clone."
        raise AvowError(f"{folder.as_posix()} is in no git repository", fix=fix)
    if code:
        raise _failed("rev-parse", complaint)
    shallow, prefix = os.fsdecode(out).split("\n")[:2]
    return Repository(folder, prefix.rstrip("/"), shallow == "true")
