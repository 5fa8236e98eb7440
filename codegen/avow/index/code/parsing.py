"""What a file imports and whether it is Python at all, by the parser that mypy brings.

That parser reads every syntax up to the target version, whichever Python runs avow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import methodcaller
from typing import TYPE_CHECKING

from msgspec import Struct

from avow.index.code.standard import TARGET, is_standard

if TYPE_CHECKING:
    from mypy.nodes import ImportBase
    from mypy.options import Options

_IMPORT = re.compile(rb"import")
_start = methodcaller("start")


class Import(Struct, frozen=True, array_like=True):
    """One import: ``module`` may be empty where ``level`` dots stand; no ``names`` where it is a plain import."""

    module: str
    level: int = 0
    names: tuple[str, ...] = ()


class Parsed(Struct, frozen=True):
    """What of a file matters before it is analysed: its imports, or why it is no Python and in which line."""

    imports: tuple[Import, ...]
    problem: str = ""
    line: int = 0


def parse(name: str, text: bytes) -> Parsed:
    """Return the imports of a file, those of the standard library left out.

    A text that is nested beyond measure can kill the process: call this where that does no harm.
    """
    from mypy.nativeparse import deserialize_imports, native_parse
    from mypy.util import DecodeError

    try:
        source = decode(text)
    except (UnicodeDecodeError, DecodeError) as error:
        return Parsed((), f"not text: {error}")
    tree, errors, _ = native_parse(name, options(), source, skip_function_bodies=not _imports_inside(text))
    wrong = next((each for each in errors if each.get("blocker")), None)
    if wrong is not None:
        return Parsed((), _plain(wrong["message"]), wrong["line"])
    raw = tree.raw_data
    return Parsed(tuple(_local(deserialize_imports(raw.imports))) if raw else ())


def decode(text: bytes) -> str:
    """Return the text of a file, by the encoding that it names.

    Raises:
        UnicodeDecodeError: It is not in that encoding.
        DecodeError: It names an encoding that Python does not know.
    """
    from mypy.util import decode_python_encoding

    return decode_python_encoding(text)


def _imports_inside(text: bytes) -> bool:
    """Return whether a function may import anything; the parser is faster where it need not look into them."""
    lines = (1 + max(text.rfind(b"\n", 0, at), text.rfind(b"\r", 0, at)) for at in map(_start, _IMPORT.finditer(text)))
    return any(not text.startswith((b"import", b"from"), line) for line in lines)


def _plain(message: str) -> str:
    """A message without characters of the file that nobody can see."""
    return "".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in message)


@cache
def options() -> Options:
    """Return the options by which files are parsed."""
    from mypy.options import Options

    options = Options()
    options.python_version = TARGET
    options.platform = "linux"
    return options


def _local(statements: list[ImportBase]) -> Iterator[Import]:
    from mypy.nodes import Import as Plain
    from mypy.nodes import ImportAll, ImportFrom

    for each in statements:
        if isinstance(each, Plain):
            yield from (Import(module) for module, _ in each.ids if not is_standard(module))
        elif isinstance(each, ImportFrom) and (each.relative or not is_standard(each.id)):
            yield Import(each.id, each.relative, tuple(name for name, _ in each.names))
        elif isinstance(each, ImportAll) and (each.relative or not is_standard(each.id)):
            yield Import(each.id, each.relative, ("*",))
