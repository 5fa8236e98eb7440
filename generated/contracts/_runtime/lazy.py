"""Packages whose parts load when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def attach(package: str, root: str, parts: dict[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` for a package.

    ``parts`` gives for each name the module that holds it, below ``root``; a target that ends in a colon is
    itself the part, as a module.
    """

    def load(name: str) -> Any:
        target = parts.get(name)
        if target is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}{_near(name, parts)}")
        module = import_module(f"{root}.{target.rstrip(':')}")
        part = module if target.endswith(":") else getattr(module, name)
        setattr(sys.modules[package], name, part)
        return part

    return load, lambda: sorted({*vars(sys.modules[package]), *parts})


def _near(name: str, parts: dict[str, str]) -> str:
    if name.startswith("__"):  # asked for by the import system and tools, many times and in vain
        return ""
    import difflib

    found = difflib.get_close_matches(name, parts, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
