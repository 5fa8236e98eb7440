"""A cursor over one message: reads what Avro's primitives look like in bytes, and checks all of it.

Source: Avro specification, "Binary Encoding".
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Final

from .fault import Fault
from .float32 import FLOAT
from .limits import MAX_EMPTY_ITEMS, MAX_EMPTY_VALUES
from .schema import Fixed, Primitive
from .varint import read_int, read_long

DOUBLE: Final = struct.Struct("<d")


class Cursor:
    """Reads primitives off a message; ``position`` moves along, and every refusal is a Fault."""

    def __init__(self, data: bytes, position: int) -> None:
        self.data = data
        self.position = position
        self._empty_items = MAX_EMPTY_ITEMS
        self._empty_values = MAX_EMPTY_VALUES

    def raw(self, type_: Primitive | Fixed) -> Any:
        """Read a primitive or fixed, without its logical type."""
        if isinstance(type_, Fixed):
            if type_.size == 0:
                self.spend_value()
            return self.take(type_.size)
        return _RAW[type_.kind](self)

    def number(self, read: Callable[[bytes, int], tuple[int, int]] = read_long) -> int:
        """Read an int or a long."""
        try:
            value, self.position = read(self.data, self.position)
        except ValueError as error:
            raise Fault(str(error), self.position) from None
        return value

    def index(self, size: int, what: str) -> int:
        """Read the index of a symbol or a branch."""
        start = self.position
        index = self.number()
        if not 0 <= index < size:
            raise Fault(f"{what} {index} of {size}", start)
        return index

    def take(self, size: int) -> bytes:
        """Read that many bytes."""
        left = len(self.data) - self.position
        if not 0 <= size <= left:
            raise Fault(f"{size} bytes are claimed and {left} are left", self.position)
        start = self.position
        self.position += size
        return self.data[start : self.position]

    def text(self) -> str:
        """Read a string."""
        start = self.position
        raw = self.take(self.number())
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise Fault(f"not UTF-8: {error.reason}", start) from None

    def count(self) -> int:
        """Read a block's count; a negative one is followed by the block's size, which only skipping needs."""
        start = self.position
        count = self.number()
        if count == 0 and self.position - start > 1:
            raise Fault("the end of a list is one zero byte", start)
        if count < 0:
            size = self.number()
            if size < 0:
                raise Fault(f"a block claims {size} bytes", start)
        return abs(count)

    def boolean(self) -> bool:
        """Read a boolean: a byte that is 0 or 1."""
        byte = self.take(1)[0]
        if byte > 1:
            raise Fault(f"byte {byte} is no boolean", self.position - 1)
        return byte == 1

    def spend_value(self) -> None:
        """Count a value that no byte pays for."""
        self._empty_values -= 1
        if self._empty_values < 0:
            raise Fault(f"more than {MAX_EMPTY_VALUES} values of no width in one message", self.position)

    def spend_items(self, count: int) -> None:
        """Count array items that no byte pays for."""
        self._empty_items -= count
        if self._empty_items < 0:
            raise Fault(f"more than {MAX_EMPTY_ITEMS} array items of no width in one message", self.position)


_RAW: Final[dict[str, Callable[[Cursor], Any]]] = {
    "null": Cursor.spend_value,
    "boolean": Cursor.boolean,
    "int": lambda cursor: cursor.number(read_int),
    "long": Cursor.number,
    "float": lambda cursor: FLOAT.unpack(cursor.take(4))[0],
    "double": lambda cursor: DOUBLE.unpack(cursor.take(8))[0],
    "bytes": lambda cursor: cursor.take(cursor.number()),
    "string": Cursor.text,
}
