"""The real command, run in a process of its own in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

SOURCE = Path(__file__).parents[2] / "codegen"


class Ran(msgspec.Struct, frozen=True):
    """What a command has done."""

    code: int
    out: str = ""
    err: str = ""


Avow = Callable[..., Ran]
"""Run `avow ARGS` in the test's folder; keywords are environment variables."""
