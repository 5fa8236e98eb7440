"""Names that Python can take: one table of what it can't, and respellings that never collide.

A name that is fine stays as it is; one that isn't loses its leading underscores where they are the trouble
and gains one at its end until it is free.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from typing import Final

KEYWORDS: Final = frozenset(keyword.kwlist)
NOT_CLASSES: Final = frozenset(
    """
    abs aiter all anext annotations any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile
    complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash
    help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord
    pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars
    zip
    """.split()
)
"""What no class of a module may hide: annotations and codecs name builtins, and type checkers know some by heart."""

RESERVED_SYMBOLS: Final = frozenset({"mro", "name", "value"})
"""What enum.Enum itself needs."""

RESERVED_PACKAGES: Final = frozenset(
    {
        "AvroError",
        "DecodeError",
        "Duration",
        "EncodeError",
        "Record",
        "Symbol",
        "UnknownSchemaError",
        "annotations",
        "conftest",
        "decode",
        "encode",
        "errors",
        "framing",
        "from_json",
        "integrations",
        "root_",
        "test",
        "testing",
        "to_json",
        "upcast",
    }
)
"""What stands at the top of the generated package besides namespaces."""


def respell(names: Iterable[str], reserved: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return for each name a unique one that Python can take; most are the name itself."""
    names = list(dict.fromkeys(names))
    taken = {name for name in names if _is_fine(name, reserved)}
    spelled = {}
    for name in names:
        spelled[name] = name if name in taken else free(_plain(name), taken | reserved)
        taken.add(spelled[name])
    return spelled


def fields(names: Iterable[str]) -> dict[str, str]:
    """Return the attribute of each field of a record."""
    return respell(names)


def symbols(names: Iterable[str]) -> dict[str, str]:
    """Return the member of each symbol of an enum.

    Names like _x_ are Enum's own; those like _Colour__x it takes for private, where the enum is called Colour.
    """
    names = list(dict.fromkeys(names))
    special = frozenset(name for name in names if name.startswith("_") and (name.endswith("_") or "__" in name))
    return respell(names, RESERVED_SYMBOLS | special)


def free(name: str, taken: Iterable[str]) -> str:
    """Return ``name`` with as many underscores behind it as make it free."""
    used = frozenset(taken)
    while name in used:
        name += "_"
    return name


def _is_fine(name: str, reserved: frozenset[str]) -> bool:
    return name not in KEYWORDS and name not in reserved and not name.startswith("__")


def _plain(name: str) -> str:
    """The name without what makes it special to Python: leading underscores of dunders and private names."""
    if not name.startswith("_"):
        return f"{name}_"
    bare = name.strip("_")
    return f"{bare}_" if bare and not bare[0].isdigit() else f"x{name}_"
