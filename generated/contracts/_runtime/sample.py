"""Example values for tests and documentation: valid, the same each time, and readable.

A field's default is its example, unless it is null or empty: those show nothing. Strings echo the name of
their field. Where a type contains itself, the example stops at the first chance: with null, an empty array
or map.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from .choose import Classes
from .errors import EncodeError
from .interpret import build, default_value
from .limits import MAX_NESTING
from .logical import EXACT
from .record import Duration
from .schema import (
    NO_DEFAULT,
    Array,
    Enum,
    Field,
    Fixed,
    Logical,
    Map,
    Primitive,
    Record,
    Type,
    Union,
    branch_name,
    children,
    named_types,
)

_UUIDS: Final = UUID("6f1d1a4e-52a3-5c5c-9d8e-0b6a4f2d7c31")
"""The namespace of the examples' UUIDs; any would do."""
_MOMENT: Final = dt.datetime(2024, 5, 17, 9, 30, tzinfo=dt.UTC)
_LOCAL: Final = _MOMENT.replace(tzinfo=None)
_NANOS: Final = int(_MOMENT.timestamp()) * 10**9
_DIGITS: Final = "123456789012345678"
_PRIMITIVES: Final[dict[str, Any]] = {
    "null": None,
    "boolean": True,
    "int": 1,
    "long": 1,
    "float": 1.5,
    "double": 1.5,
}
_LOGICAL: Final[dict[str, Any]] = {
    "date": _MOMENT.date(),
    "time-millis": _LOCAL.time(),
    "time-micros": _LOCAL.time(),
    "timestamp-millis": _MOMENT,
    "timestamp-micros": _MOMENT,
    "timestamp-nanos": _NANOS,
    "local-timestamp-millis": _LOCAL,
    "local-timestamp-micros": _LOCAL,
    "local-timestamp-nanos": _NANOS,
    "duration": Duration(1, 2, 3000),
    "big-decimal": Decimal("12.34"),
}
_NEVER: Final = 1 << 30
"""The rank of a type that has no finite value."""


def sample(type_: Type, classes: Classes) -> Any:
    """Return an example value of a type, which it may share parts of itself with.

    ``classes`` gives the class of a record or enum by full name. Raises EncodeError for a type that has no
    value: a record that contains itself with no way out, an enum without symbols, records nested deeper than
    MAX_NESTING.
    """
    ranks = _ranks(type_)
    if _rank(type_, ranks) >= _NEVER:
        path, reason = _why_never(type_, ranks)
        raise EncodeError(branch_name(type_), path, reason)
    for maker in (_Maker(classes, ranks), _Least(classes, ranks)):
        try:
            value = maker.make(type_, branch_name(type_).rpartition(".")[2])
            if _height(value, {}) <= MAX_NESTING:
                return value
        except RecursionError:
            continue
    raise EncodeError(branch_name(type_), "", f"every value nests records deeper than {MAX_NESTING}")


class _Maker:
    """Makes examples; one a record, which every place that needs it shares, so wide graphs stay cheap."""

    def __init__(self, classes: Classes, ranks: dict[str, int]) -> None:
        self._classes = classes
        self._ranks = ranks
        self._made: dict[str, Any] = {}

    def make(self, type_: Type, hint: str, owner: Record | None = None) -> Any:
        """Return an example; ``hint`` is the name of its field, ``owner`` the record around it."""
        if isinstance(type_, (Primitive, Fixed)):
            return _leaf(type_, hint)
        if isinstance(type_, Enum):
            return self._classes(type_.name)(type_.symbols[0])
        if isinstance(type_, Union):
            return self.make(self.branch(type_, owner), hint, owner)
        if isinstance(type_, Array):
            return [self.make(type_.items, hint, owner)] if self.enters(type_.items, owner) else []
        if isinstance(type_, Map):
            return {"key": self.make(type_.values, hint, owner)} if self.enters(type_.values, owner) else {}
        if type_.name not in self._made:
            self._made[type_.name] = self._record(type_)
        return self._made[type_.name]

    def _record(self, record: Record) -> Any:
        values = {field.name: self.field(field, record) for field in record.fields}
        return build(record, values, self._classes)

    def field(self, field: Field, owner: Record) -> Any:
        """Return a field's example: its default, where that shows something."""
        if field.default is NO_DEFAULT or field.default in (None, "", [], {}):
            return self.make(field.type, field.name, owner)
        return default_value(field.type, field.default, self._classes)

    def enters(self, type_: Type, owner: Record | None) -> bool:
        """Return whether an example takes up a value that it could do without: a finite one, no recursion.

        A step that is avoidable never leads back to the owner, and any other lowers the rank: so it ends.
        """
        if _rank(type_, self._ranks) >= _NEVER:
            return False
        return owner is None or not children(type_) or owner.name not in named_types(type_)

    def branch(self, union: Union, owner: Record | None) -> Type:
        """Return the first branch that is neither null nor recursive, else null, else what ends first."""
        entered = (b for b in union.branches if b.kind != "null" and self.enters(b, owner))
        return next(entered, None) or _least(union, self._ranks)


class _Least(_Maker):
    """Makes the examples that nest least, for types whose other examples nest too deeply."""

    def field(self, field: Field, owner: Record) -> Any:
        return self.make(field.type, field.name, owner)

    def enters(self, type_: Type, owner: Record | None) -> bool:
        return False


def _least(union: Union, ranks: dict[str, int]) -> Type:
    return min(union.branches, key=lambda branch: (branch.kind != "null", _rank(branch, ranks)))


def _ranks(root: Type) -> dict[str, int]:
    """Return by full name how many records any value of a record nests at least; _NEVER where it has none."""
    records = [type_ for type_ in reversed(named_types(root).values()) if isinstance(type_, Record)]
    ranks: dict[str, int] = {}
    changed = True
    while changed:
        changed = False
        for record in records:
            rank = 1 + max((_rank(field.type, ranks) for field in record.fields), default=0)
            if rank < ranks.get(record.name, _NEVER):
                ranks[record.name] = rank
                changed = True
    return ranks


def _rank(type_: Type, ranks: dict[str, int]) -> int:
    if isinstance(type_, Record):
        return ranks.get(type_.name, _NEVER)
    if isinstance(type_, Union):
        return min((_rank(branch, ranks) for branch in type_.branches), default=_NEVER)
    return _NEVER if isinstance(type_, Enum) and not type_.symbols else 0


def _why_never(type_: Type, ranks: dict[str, int]) -> tuple[str, str]:
    """Return the path to the type that has no value, and why it has none."""
    path: list[str] = []
    seen: set[str] = set()
    while True:
        if isinstance(type_, Record):
            if type_.name in seen:
                return ".".join(path), f"{type_.name} contains itself with no way out, so no value of it ends"
            seen.add(type_.name)
            field = next(field for field in type_.fields if _rank(field.type, ranks) >= _NEVER)
            path.append(field.name)
            type_ = field.type
        elif isinstance(type_, Union) and type_.branches:
            type_ = type_.branches[0]
        else:
            what = f"{type_.name} has no symbols" if isinstance(type_, Enum) else "the union has no branches"
            return ".".join(path), f"{what}, so it has no value"


def _height(value: Any, known: dict[int, int]) -> int:
    """Return how many records are nested in a value; each shared part is counted once."""
    if id(value) not in known:
        own = 1 if isinstance(value, msgspec.Struct) and not isinstance(value, Duration) else 0
        known[id(value)] = own + max((_height(part, known) for part in _parts(value)), default=0)
    return known[id(value)]


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, msgspec.Struct):
        return (getattr(value, name) for name in value.__struct_fields__)
    if isinstance(value, dict):
        return iter(value.values())
    return iter(value if isinstance(value, list) else ())


def _leaf(type_: Primitive | Fixed, hint: str) -> Any:
    if type_.logical is not None:
        return _logical(type_.logical, hint)
    if isinstance(type_, Fixed):
        text = hint.encode()
        return (text * (type_.size // len(text) + 1))[: type_.size]
    if type_.kind in _PRIMITIVES:
        return _PRIMITIVES[type_.kind]
    return hint if type_.kind == "string" else hint.encode()


def _logical(logical: Logical, hint: str) -> Any:
    if logical.name == "uuid":
        return uuid5(_UUIDS, hint)
    if logical.name == "decimal":
        digits = _DIGITS[: min(logical.precision, logical.scale + 2)]
        return Decimal(int(digits)).scaleb(-logical.scale, EXACT)
    return _LOGICAL[logical.name]
