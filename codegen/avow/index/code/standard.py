"""Which modules are of the standard library, as mypy's typeshed has it for the version that services are read as.

Python's own `sys.stdlib_module_names` would be that of the version that avow runs on, and so would what is found.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

TARGET = (3, 13)
"""The version of Python that services are read as."""


def is_standard(module: str) -> bool:
    """Return whether a module is one of the standard library, which no module of a service can hide."""
    return module.partition(".")[0] in standard()


@cache
def standard() -> frozenset[str]:
    """Return the first names of all modules of the standard library."""
    rows = (mypy_folder() / "typeshed/stdlib/VERSIONS").read_text(encoding="utf-8").splitlines()
    return frozenset(name for name, _, span in map(_row, rows) if "." not in name and span and _has(span))


def mypy_folder() -> Path:
    """Return where mypy is installed, without loading it."""
    spec = find_spec("mypy")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _row(line: str) -> tuple[str, str, str]:
    return line.partition("#")[0].strip().partition(": ")


def _has(span: str) -> bool:
    """Return whether a span such as `3.0-3.11` or `3.8-` has the version."""
    first, _, last = span.partition("-")
    return _version(first) <= TARGET and (not last or _version(last) >= TARGET)


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
