"""A repository with a pull request, and what CI checks out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.project import CODEGEN
from tests.support.repository import git

MERGE = "refs/pull/1/merge"


def pull_request(origin: Path, branch: str = "work") -> None:
    """Make the commit that a code host makes of a pull request: its branch merged into main, checked out nowhere."""
    git(origin, "checkout", "-q", "--detach", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "Merge", branch)
    git(origin, "update-ref", MERGE, "HEAD")
    git(origin, "checkout", "-q", "main")


def checkout(origin: Path, folder: Path, ref: str, depth: int) -> Path:
    """Check a ref out as actions/checkout does: 0 is for all branches with their history, 1 for one commit."""
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "remote", "add", "origin", origin.as_uri())
    all_of_it = ["+refs/heads/*:refs/remotes/origin/*"] if depth == 0 else []
    limit = [f"--depth={depth}"] if depth else []
    git(folder, "fetch", "-q", "--no-tags", *limit, "origin", *all_of_it, f"+{ref}:refs/remotes/checked/out")
    git(folder, "checkout", "-q", "--force", "refs/remotes/checked/out")
    return folder


def run(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of a workflow or a hook in the way that CI does, with avow on the path."""
    shim = folder.parent / "bin/avow"
    if not shim.exists():
        shim.parent.mkdir(exist_ok=True)
        shim.write_text(f'#!/bin/sh\nPYTHONPATH="{CODEGEN}" exec "{sys.executable}" -m avow "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "CI"))}
    path = os.pathsep.join([str(shim.parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env={**clean, "PATH": path, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
