"""Docs of a schema as docstrings: readable, and inert whatever they hold."""

from __future__ import annotations

import textwrap
from typing import Final

WIDTH: Final = 110
MAX_LENGTH: Final = 20_000
"""Characters of a doc that reach the generated code."""


def docstring(text: str, indent: int) -> str:
    """Return a docstring, indented but for its first line; empty for an empty doc."""
    paragraphs = [_clean(line) for line in text[:MAX_LENGTH].strip().splitlines()]
    lines = [piece for line in paragraphs for piece in _wrap(line, WIDTH - indent - 6)]
    if not any(lines):
        return ""
    pad = " " * indent
    if len(lines) == 1:
        return f'"""{lines[0]}{_closing(lines[0])}'
    body = "\n".join(f"{pad}{line}" if line else "" for line in lines[1:])
    return f'"""{lines[0]}\n{body}\n{pad}"""'


def one_line(text: str) -> str:
    """Return text, such as the name of a file, as it can stand inside a docstring."""
    return _clean(" ".join(text.splitlines())).replace('"', "'")


def _wrap(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def _clean(line: str) -> str:
    """One line without anything that ends a docstring, escapes, or reorders what a reader sees."""
    plain = line.replace("\t", " ").rstrip()
    if not plain.isprintable():
        plain = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in plain)
    return plain.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _closing(line: str) -> str:
    """The closing quotes; a quote at the end of the text would run into them."""
    return ' """' if line.endswith('"') else '"""'
