"""Names as the Avro specification has them: full names, namespaces, references, and near misses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .schema import PRIMITIVES

_SEGMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def is_name(text: object) -> bool:
    """Return whether ``text`` is a simple name: a letter or underscore, then letters, digits, underscores."""
    return isinstance(text, str) and _SEGMENT.match(text) is not None


def is_full_name(text: object) -> bool:
    """Return whether ``text`` is one or more simple names joined by dots."""
    return isinstance(text, str) and all(_SEGMENT.match(part) for part in text.split("."))


def full_name(name: str, namespace: str) -> str:
    """Return ``name`` qualified by ``namespace``, unless it has dots and so is full already."""
    return f"{namespace}.{name}" if namespace and "." not in name else name


def reference(name: str, namespace: str) -> str:
    """Return the full name that a reference means in a namespace; a primitive's name means the primitive."""
    return name if name in PRIMITIVES else full_name(name, namespace)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like ``word``, or None where none is close; ties go to the first by name."""
    import difflib

    known = sorted(candidates)
    lowered = {name.lower(): name for name in reversed(known)}
    if word.lower() in lowered:
        return lowered[word.lower()]
    short = {name.rpartition(".")[2].lower(): name for name in reversed(known)}
    found = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.75)
    if found:
        return lowered[found[0]]
    found = difflib.get_close_matches(word.rpartition(".")[2].lower(), short, n=1, cutoff=0.75)
    return short[found[0]] if found else None
