from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from avow_command import SOURCE, Avow, Ran


@pytest.fixture
def avow(tmp_path: Path) -> Avow:
    def run(*args: str, **env: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "avow", *args],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "100", **env},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
