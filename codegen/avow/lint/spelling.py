"""Styles in which names are spelt."""

from __future__ import annotations

import re
from typing import Final

STYLES: Final = {
    "snake_case": re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*"),
    "camelCase": re.compile(r"[a-z][a-zA-Z0-9]*"),
    "UpperCamelCase": re.compile(r"[A-Z][a-zA-Z0-9]*"),
    "UPPER_CASE": re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"),
}
"""Style -> the names in it; a name of one word can be in several."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def fits(name: str, style: str) -> bool:
    """Return whether a name is spelt in a style."""
    return STYLES[style].fullmatch(name) is not None


def common(names: list[str]) -> str:
    """Return the style that most names are in; of several, the first of the table."""
    return max(STYLES, key=lambda style: sum(fits(name, style) for name in names))


def respelt(name: str, style: str) -> str:
    """Return a name in another style, as good as can be."""
    words: list[str] = [word.lower() for word in _WORD.findall(name)] or [name]
    if style in ("snake_case", "UPPER_CASE"):
        joined = re.sub(r"_(?=[0-9])", "", "_".join(words))
        return joined.upper() if style == "UPPER_CASE" else joined
    capital = "".join(word.capitalize() for word in words)
    return capital[0].lower() + capital[1:] if style == "camelCase" else capital
