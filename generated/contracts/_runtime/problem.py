"""A fault found in a schema: which rule, where in which document, what was found, what to do."""

from __future__ import annotations

from msgspec import Struct

from .schema import Json, Path


class Problem(Struct, frozen=True):
    """A fault in a document, as data; who shows it turns ``at`` into a line and a column.

    ``other`` is the second place of a fault that has two (two definitions of one name).
    """

    rule: str
    document: str
    at: Path
    message: str
    fix: str = ""
    other: tuple[str, Path] | None = None


def show(value: Json, limit: int = 40) -> str:
    """Return a JSON value in one short line, for messages; long ones are cut."""
    import json

    if isinstance(value, (list, dict)) and len(value) > limit:
        return f"{'[…]' if isinstance(value, list) else '{…}'} of {len(value)} entries"
    text = json.dumps(value, ensure_ascii=False, default=repr)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def kind_of(value: Json) -> str:
    """Return what JSON calls the type of a value, with its article."""
    if value is None:
        return "null"
    for type_, word in _KINDS:
        if isinstance(value, type_):
            return word
    return type(value).__name__


def unlike(value: Json, wanted: str) -> str:
    """Return a sentence that says what a JSON value is beside what is wanted."""
    return f"null is not {wanted}" if value is None else f"{show(value)} is {kind_of(value)}, not {wanted}"


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"),
    (int, "a number"),
    (float, "a number"),
    (str, "a string"),
    (list, "an array"),
    (dict, "an object"),
)
