"""Real git repositories with a project in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.project import make_project


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git as somebody, whatever this machine's settings are; return what it prints."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_EDITOR": "true"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or not check, done.stderr
    return done.stdout.strip()


def commit(root: Path, message: str = "Change") -> str:
    """Commit all that is there; return the whole name of the commit."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD")


def repository(root: Path, files: Mapping[str, Any], settings: str = "") -> Path:
    """Make a project in a repository with one commit on main."""
    make_project(root, files, settings)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root
