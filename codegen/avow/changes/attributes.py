"""What fields and named types say besides their type, as JSON objects, and what differs between two of those."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from msgspec import UnsetType

from avow.changes.change import NOTHING, Kind, Side
from avow.changes.spelling import logical
from avow.compat.levels import level_of
from avow.runtime.schema import NO_DEFAULT, Enum, Field, Fixed, Json, Logical, Named

_LISTS: Final = ("aliases", "symbols")
"""Attributes that are lists of names."""
_OURS: Final = ("contract", "deprecated", "sensitive")
"""What avow adds to Avro. Keys of others are put in quotes, so that they cannot be taken for one of these."""
_EXCEPT: Final = "except"
"""An exception is about the findings of today, and no part of what a version says."""
_DEEPEST: Final = 4
"""Objects in one another whose keys are compared; what is further inside is compared as a whole."""

Said: TypeAlias = dict[str, Any]
"""Attributes by name, in one order whatever is said; NOTHING stands for what is not."""


class Difference(NamedTuple):
    """Something that two objects say differently."""

    kind: Kind
    what: str
    before: Json | UnsetType
    after: Json | UnsetType


def of_field(field: Field) -> Said:
    """Return what a field says besides its name and type."""
    default = NOTHING if field.default is NO_DEFAULT else field.default
    order = NOTHING if field.order == "ascending" else field.order
    return {"default": default, **_common(field), "order": order, **_more(field.props)}


def of_named(type_: Named) -> Said:
    """Return what a named type says besides its name and fields."""
    return {**of_itself(type_), **_common(type_), **_more(type_.props)}


def of_itself(type_: Named) -> Said:
    """Return what of a named type only its kind has; a record may be called an error."""
    if isinstance(type_, Enum):
        return {"symbols": list(type_.symbols), "default": NOTHING if type_.default is None else type_.default}
    if isinstance(type_, Fixed):
        return {"size": type_.size, **of_logical(type_.logical)}
    return {"type": "error" if type_.is_error else "record"}


def of_logical(type_: Logical | None) -> Said:
    """Return what a logical type adds to the type below."""
    return {"logicalType": logical(type_) if type_ else NOTHING}


def there(said: Said) -> dict[str, Json]:
    """Return what is said at all."""
    return {key: value for key, value in said.items() if value is not NOTHING}


def _common(said: Field | Named) -> Said:
    return {"doc": said.doc or NOTHING, "aliases": list(said.aliases) or NOTHING}


def _more(props: dict[str, Json]) -> Said:
    """Return further attributes; of a contract the level is said also where it is implied."""
    more = {key if key in _OURS else json.dumps(key): value for key, value in props.items() if key != _EXCEPT}
    if isinstance(contract := more.get("contract"), dict):
        more["contract"] = {**contract, "compatibility": level_of(contract).name}
    return more


def differences(old: Said, new: Said, implied: Collection[str] = ()) -> Iterator[Difference]:
    """Yield what differs between what two fields, or two named types, say.

    Args:
        old: What `of_field` or `of_named` returns.
        new: The same of the other side.
        implied: Names that are no news among the aliases, since it is said that one became the other.
    """
    for key in (*old, *(key for key in new if key not in old)):
        before, after = old.get(key, NOTHING), new.get(key, NOTHING)
        if key in _LISTS:
            yield from lists(key, _without(before, implied), _without(after, implied))
        else:
            yield from _values(key, before, after)


def one_sided(side: Side, what: str, value: Json) -> Difference:
    """Return that only one side has something."""
    before, after = (NOTHING, value) if side == "added" else (value, NOTHING)
    return Difference(side, what, before, after)


def _without(names: Sequence[str] | UnsetType, implied: Collection[str]) -> list[str]:
    return [] if isinstance(names, UnsetType) else [name for name in names if name not in implied]


def lists(what: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Yield what differs between two lists of names: those that came, those that went, and the order of the rest."""
    if before == after:
        return
    old, new = frozenset(before), frozenset(after)
    if removed := [name for name in before if name not in new]:
        yield Difference("removed", what, removed, NOTHING)
    if added := [name for name in after if name not in old]:
        yield Difference("added", what, NOTHING, added)
    kept = [name for name in after if name in old]
    differ = [n for n, name in enumerate(name for name in before if name in new) if name != kept[n]]
    if differ:
        part = slice(differ[0], differ[-1] + 1)
        yield Difference("changed", f"order of {what}", [name for name in before if name in new][part], kept[part])


def _values(what: str, before: Json | UnsetType, after: Json | UnsetType, depth: int = 1) -> Iterator[Difference]:
    """Yield where JSON differs, down to the keys of objects."""
    if isinstance(before, dict) and isinstance(after, dict) and depth < _DEEPEST:
        for key in (*before, *(key for key in after if key not in before)):
            yield from _values(f"{what}.{key}", before.get(key, NOTHING), after.get(key, NOTHING), depth + 1)
    elif isinstance(before, UnsetType) and isinstance(after, UnsetType):
        return
    elif isinstance(before, UnsetType):
        yield Difference("added", what, before, after)
    elif isinstance(after, UnsetType):
        yield Difference("removed", what, before, after)
    elif not _same(before, after):
        yield Difference("changed", what, before, after)


def _same(before: Json, after: Json) -> bool:
    """Return whether two values are the same; to Python, 1 is the same as 1.0 and as True."""
    if isinstance(before, str):
        return bool(before == after)
    return json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
