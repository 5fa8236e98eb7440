"""Packages whose parts load when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from _thread import RLock
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_ONE_AT_A_TIME: Final = RLock()  # threading has no more to offer, and takes longer to import


def load_module(name: str) -> ModuleType:
    """Import a module of the package, one thread at a time.

    Modules of classes import each other in circles; threads that enter a circle at different ends would wait for
    each other, which Python's import system reports as a deadlock.
    """
    with _ONE_AT_A_TIME:
        return import_module(name)


def attach(package: str, root: str, parts: dict[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` for a package.

    ``parts`` gives for each name the module that holds it, below ``root``; a target that ends in a colon is
    itself the part, as a module.
    """

    def load(name: str) -> Any:
        target = parts.get(name)
        if target is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}{_near(name, parts)}")
        module = load_module(f"{root}.{target.rstrip(':')}")
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
