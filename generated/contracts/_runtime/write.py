"""The plain encoder: writes any value by walking its type, and says exactly where one does not fit.

Generated encoders are fast and say nothing of where they failed; when one refuses a value, this one is run
for the path and the reason. Both accept the same values and write the same bytes.
"""

from __future__ import annotations

import struct
from typing import Any, Final

from .choose import Classes, choose, class_of, fits_float, value_class
from .errors import EncodeError
from .fault import Fault
from .limits import MAX_EMPTY_ITEMS, MAX_NESTING, is_empty
from .logical import conversion
from .schema import (
    INT_MAX,
    INT_MIN,
    LONG_MAX,
    LONG_MIN,
    Array,
    Enum,
    Fixed,
    Map,
    Primitive,
    Record,
    Type,
    Union,
    branch_name,
)
from .varint import write_long

_NUMBERS: Final = {"float": struct.Struct("<f"), "double": struct.Struct("<d")}


def encode(type_: Type, value: Any, name: str, classes: Classes) -> bytes:
    """Return the bytes of a value; ``name`` is its type's, for messages. Raises EncodeError, with path."""
    writer = _Writer(classes)
    try:
        writer.write(type_, value, 0)
    except Fault as fault:
        raise EncodeError(name, fault.path, fault.reason) from None
    except RecursionError:
        raise EncodeError(name, "", "the value is nested too deeply for the stack that is left") from None
    return b"".join(writer.pieces)


class _Writer:
    def __init__(self, classes: Classes) -> None:
        self.pieces: list[bytes] = []
        self._classes = classes
        self._empty_items = MAX_EMPTY_ITEMS

    def write(self, type_: Type, value: Any, depth: int) -> None:
        if isinstance(type_, Union):
            self._union(type_, value, depth)
            return
        self._check_class(type_, value)
        if isinstance(type_, Record):
            self._record(type_, value, depth)
        elif isinstance(type_, Enum):
            self.pieces.append(write_long(type_.symbols.index(value.value)))
        elif isinstance(type_, Array):
            self._array(type_, value, depth)
        elif isinstance(type_, Map):
            self._map(type_, value, depth)
        else:
            self._leaf(type_, value)

    def _check_class(self, type_: Type, value: Any) -> None:
        wanted, found = class_of(type_, self._classes), value_class(value)
        if found is not wanted and not (found is int and wanted is float):
            raise Fault(f"expected {wanted.__name__}, got {_shown(value)}")

    def _union(self, union: Union, value: Any, depth: int) -> None:
        index = choose(union, value, self._classes)
        if index is None:
            branches = ", ".join(branch_name(branch) for branch in union.branches)
            raise Fault(f"{_shown(value)} fits no branch of the union ({branches}){self._why(union, value)}")
        self.pieces.append(write_long(index))
        self.write(union.branches[index], value, depth)

    def _why(self, union: Union, value: Any) -> str:
        """Where one branch has the value's class, what that branch says of the value."""
        wanted = value_class(value)
        same = [branch for branch in union.branches if class_of(branch, self._classes) is wanted]
        if len(same) != 1:
            return ""
        try:
            _Writer(self._classes).write(same[0], value, 0)
        except Fault as fault:
            return f": {fault.reason}"
        return ""

    def _record(self, record: Record, value: Any, depth: int) -> None:
        if depth >= MAX_NESTING:
            raise Fault(f"records are nested deeper than {MAX_NESTING}")
        attributes = dict(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))
        for field in record.fields:
            try:
                self.write(field.type, getattr(value, attributes[field.name]), depth + 1)
            except Fault as fault:
                fault.inside(field)
                raise

    def _array(self, array: Array, value: list[Any], depth: int) -> None:
        if is_empty(array.items):
            self._empty_items -= len(value)
            if self._empty_items < 0:
                raise Fault(f"more than {MAX_EMPTY_ITEMS} array items of no width in one message")
        if value:
            self.pieces.append(write_long(len(value)))
        for index, item in enumerate(value):
            try:
                self.write(array.items, item, depth)
            except Fault as fault:
                fault.inside(index)
                raise
        self.pieces.append(b"\0")

    def _map(self, map_: Map, value: dict[Any, Any], depth: int) -> None:
        if value:
            self.pieces.append(write_long(len(value)))
        for key, item in value.items():
            try:
                if not isinstance(key, str):
                    raise Fault(f"a map's key is {_shown(key)}, not str")
                self._bytes(_utf8(key))
                self.write(map_.values, item, depth)
            except Fault as fault:
                fault.inside(key if isinstance(key, str) else repr(key))
                raise
        self.pieces.append(b"\0")

    def _bytes(self, raw: bytes) -> None:
        self.pieces.append(write_long(len(raw)))
        self.pieces.append(raw)

    def _leaf(self, type_: Primitive | Fixed, value: Any) -> None:
        found = conversion(type_)
        if found is not None:
            try:
                value = found.dump(value)
            except ValueError as error:
                raise Fault(str(error)) from None
        if isinstance(type_, Fixed):
            if len(value) != type_.size:
                raise Fault(f"{type_.name} has {type_.size} bytes, got {len(value)}")
            self.pieces.append(value)
        else:
            self._primitive(type_.kind, value)

    def _primitive(self, kind: str, value: Any) -> None:
        if kind == "boolean":
            self.pieces.append(b"\1" if value else b"\0")
        elif kind in ("int", "long"):
            low, high = (INT_MIN, INT_MAX) if kind == "int" else (LONG_MIN, LONG_MAX)
            if not low <= value <= high:
                raise Fault(f"{_shown(value)} does not fit {kind} ({low} to {high})")
            self.pieces.append(write_long(value))
        elif kind in ("float", "double"):
            if not fits_float(kind, value):
                raise Fault(f"{_shown(value)} does not fit {kind}")
            self.pieces.append(_NUMBERS[kind].pack(value))
        elif kind == "string":
            self._bytes(_utf8(value))
        elif kind == "bytes":
            self._bytes(value)


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise Fault(f"character {error.start} is half of a surrogate pair, which UTF-8 cannot hold") from None


def _shown(value: Any) -> str:
    """A value in a message: its class and, where it is short, itself."""
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, int) and value.bit_length() > 128:
        return "an int of more than 128 bits"
    if isinstance(value, (str, bytes, list, dict)) and len(value) > 30:
        return f"{type(value).__name__} of length {len(value)}"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 60 else text[:59] + '…'}"
