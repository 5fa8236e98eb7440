"""The one layout of .avsc text: keys in the order of the specification, short values on one line.

The value stays the same to the last digit: numbers keep their spelling, strings their characters, and what is
none of Avro's own (defaults, the contract, unknown attributes) the order of its keys.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring

import msgspec

WIDTH = 100
"""Columns that a value on one line may reach."""
INDENT = 2

_SCHEMA_HEAD = (
    *("type", "name", "namespace", "aliases", "doc", "contract"),
    *("logicalType", "precision", "scale", "size"),
)
_SCHEMA_TAIL = ("items", "values", "symbols", "default", "fields")
_FIELD_HEAD = ("name", "type", "default", "aliases", "doc", "order")

# A role says what the value at a place is: it decides the order of its keys and the roles inside it.
_SCHEMA, _FIELDS, _FIELD, _PLAIN = "schema", "fields", "field", "plain"
_RANKS = {
    _SCHEMA: {key: rank - 100 for rank, key in enumerate(_SCHEMA_HEAD)}
    | {key: rank + 100 for rank, key in enumerate(_SCHEMA_TAIL)},
    _FIELD: {key: rank - 100 for rank, key in enumerate(_FIELD_HEAD)},
}
_INSIDE = {
    _SCHEMA: {"type": _SCHEMA, "items": _SCHEMA, "values": _SCHEMA, "fields": _FIELDS},
    _FIELD: {"type": _SCHEMA},
}
_ITEMS = {_SCHEMA: _SCHEMA, _FIELDS: _FIELD}

# Characters that nobody sees, or that change how a line is read, stay escapes; halves of surrogate pairs too.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class _Number(str):
    """A number, or one of the JSON words, as it is spelt."""

    __slots__ = ()


class _Object(list[tuple[str, object]]):
    """The pairs of an object, in their order."""

    __slots__ = ()


class _Block(msgspec.Struct, eq=False):
    """An object or an array: its items, each with the text before it; all on one line, if it may be."""

    ends: str
    items: list[tuple[str, _Node]]
    flat: str | None


_Node = str | _Block


def format_text(text: str) -> str:
    """Return a schema's text in the one layout; formatting twice changes nothing more.

    Args:
        text: The text of an .avsc file: any JSON value.

    Raises:
        ValueError: The text is not JSON, or is nested too deeply. `avow.load.source` says where.
    """
    try:
        root = _build(_DECODER.decode(text), _SCHEMA)
        if isinstance(root, _Block):
            root.flat = None
        lines: list[str] = []
        _lay(root, 0, "", "", lines)
    except RecursionError:
        raise ValueError("nested too deeply to format") from None
    return "\n".join(lines) + "\n"


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_Object, parse_int=_Number, parse_float=_Number, parse_constant=_refuse)


def _build(value: object, role: str) -> _Node:
    """Return a value as text, or as a block with its keys in order."""
    if isinstance(value, _Object):
        return _build_object(value, role)
    if isinstance(value, list):
        items: list[tuple[str, _Node]] = []
        for item in value:  # no comprehension: each would cost a level of Python's stack
            items.append(("", _build(item, _ITEMS.get(role, _PLAIN))))  # noqa: PERF401
        return _Block("[]", items, None if items and role == _FIELDS else _flat("[]", items))
    if isinstance(value, _Number):
        return str(value)
    return _quote(value) if isinstance(value, str) else _WORDS[value]


def _build_object(pairs: _Object, role: str) -> _Block:
    ranks, inside = _RANKS.get(role), _INSIDE.get(role, {})
    ordered = sorted(pairs, key=lambda pair: ranks.get(pair[0], 0)) if ranks else pairs
    items: list[tuple[str, _Node]] = []
    for key, value in ordered:
        items.append((f"{_quote(key)}: ", _build(value, inside.get(key, _PLAIN))))
    # A record is read field by field, however short it is.
    is_record = role == _SCHEMA and any(key == "fields" for key, _ in pairs)
    return _Block("{}", items, None if is_record else _flat("{}", items))


_WORDS: dict[object, str] = {True: "true", False: "false", None: "null"}


def _flat(ends: str, items: list[tuple[str, _Node]]) -> str | None:
    """Return the items on one line, or None where they do not fit or one of them must not."""
    texts = []
    for lead, node in items:
        text = node if isinstance(node, str) else node.flat
        if text is None or len(text) > WIDTH:
            return None
        texts.append(lead + text)
    line = ends[0] + ", ".join(texts) + ends[1]
    return line if len(line) <= WIDTH else None


def _lay(node: _Node, indent: int, lead: str, tail: str, lines: list[str]) -> None:
    """Append the lines of a node that starts after `lead` and is followed by `tail`."""
    start = " " * indent + lead
    if isinstance(node, str) or not node.items:
        lines.append(start + (node if isinstance(node, str) else node.ends) + tail)
    elif node.flat is not None and len(start) + len(node.flat) + len(tail) <= WIDTH:
        lines.append(start + node.flat + tail)
    else:
        lines.append(start + node.ends[0])
        last = len(node.items) - 1
        for at, (key, item) in enumerate(node.items):
            _lay(item, indent + INDENT, key, "" if at == last else ",", lines)
        lines.append(" " * indent + node.ends[1] + tail)


def _quote(text: str) -> str:
    quoted = encode_basestring(text)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
