"""What is wrong with a change, before exceptions are held against it and a line is worked out for it."""

from __future__ import annotations

from msgspec import Struct

from avow.changes.touched import Touched
from avow.compat.incompatibility import Incompatibility
from avow.finding import Place, Severity
from avow.runtime.schema import Path, Type


class Previous(Struct, frozen=True):
    """An older state of a contract."""

    label: str
    """What it is called where it reads or writes: `version 2`, `origin/main`."""
    type: Type
    level: str
    """The compatibility level that it was held to."""
    number: int = 0
    """That of a released version; 0 for a baseline."""


class Shown(Struct, frozen=True):
    """What became of a contract: where, between whom in words, and whose code it touches."""

    reader: str
    writer: str
    path: str
    touched: Touched
    found: Incompatibility | None = None
    """What the engine says; None of what Avro has nothing against."""


class Verdict(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a contract."""

    rule: str
    severity: Severity
    contract: str
    """Full name of the contract."""
    message: str
    fix: str
    file: str = ""
    """The file of the working tree that it is about; empty where that has none."""
    at: Path = ()
    """JSON path in that file."""
    elsewhere: Place | None = None
    """The place of what the working tree no longer has."""
    shown: Shown | None = None
