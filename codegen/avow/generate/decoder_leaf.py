"""The text of a decoder for values without inner structure: primitives, fixed, logical types.

Fixed-width values that stand in a row are read by one call of ``struct``. What the reader drops is read with the
same checks, and not converted.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from avow.generate.lines import Lines
from avow.generate.shape import Shape, decimal_limit
from avow.generate.skip import Node
from avow.runtime.logical import MAX_DECIMAL_BYTES, power_of_ten
from avow.runtime.schema import Fixed, Logical, Primitive

Leaf = Primitive | Fixed

_EXACT_SECONDS: Final = 4_000_000_000
"""Up to here a float of seconds since 1970 is less than half a microsecond off, so rounding restores it."""


class Cell(Struct, frozen=True):
    """A fixed-width value in a row; ``reader`` is None where it is dropped."""

    name: str
    writer: Leaf
    reader: Leaf | None

    @property
    def code(self) -> str:
        """What struct reads: nothing of what is dropped, but for a boolean, which may be a bad one."""
        if self.reader is None and self.writer.kind != "boolean":
            return f"{width(self.writer)}x"
        return code(self.writer)


class LeafText:
    """Emits what reads leaves into the lines of one function."""

    def __init__(self, shape: Shape[Node], out: Lines) -> None:
        self._shape = shape
        self._use = shape.use
        self._out = out

    def check(self, condition: str) -> None:
        """Emit that the message is not of the common form under a condition."""
        with self._out.block(f"if {condition}:"):
            self._out.add(f"raise {self._use('Unfit')}")

    def row(self, cells: list[Cell]) -> dict[str, str]:
        """Emit what reads fixed-width values in a row; return an expression for each by name."""
        if not cells:
            return {}
        if [cell.writer.kind for cell in cells] == ["boolean"]:
            value = self.named(f"{self._use('BOOLEAN')}[data[p]]")
            self._out.add("p += 1")
            return {cells[0].name: value}
        read = [cell for cell in cells if not cell.code.endswith("x")]
        names = [self._out.fresh("x") for _ in read]
        if read:
            unpack = self._shape.struct("unpack_from", "".join(cell.code for cell in cells))
            self._out.add(f"{', '.join(names)}{',' * (len(names) == 1)} = {unpack}(data, p)")
        self._out.add(f"p += {sum(width(cell.writer) for cell in cells)}")
        return {cell.name: self._cell(cell, name) for name, cell in zip(names, read, strict=True)}

    def _cell(self, cell: Cell, name: str) -> str:
        if cell.writer.kind == "boolean":
            value = f"{self._use('BOOLEAN')}[{name}]"
            return self.named(value) if cell.reader is None else value
        return self._from_fixed(cell.reader, name) if isinstance(cell.reader, Fixed) else name

    def read(self, writer: Leaf, reader: Leaf) -> str:
        """Emit what reads a leaf; return the expression that holds it as the reader's value."""
        if code(writer):
            return self.row([Cell("", writer, reader)])[""]
        if writer.kind == "null":
            return "None"
        if reader.logical is not None:
            return self._logical(reader) if writer.kind == reader.kind else self._refuse()
        if writer.kind in ("int", "long"):
            return self._number(writer.kind, reader.kind)
        if writer.kind == "string" or reader.kind == "string":
            text = self.sized("text_at", ".decode()")
            return self.named(f"{self._use('utf8')}({text})") if reader.kind == "bytes" else text
        return self.sized("bytes_at", "")

    def _refuse(self) -> str:
        """A promotion onto a logical type is rare: the interpreter does it."""
        self._out.add(f"raise {self._use('Unfit')}")
        return "None"

    def skip(self, writer: Leaf) -> None:
        """Emit what reads a leaf and drops it."""
        if code(writer):
            self.row([Cell("", writer, None)])
        elif writer.kind in ("int", "long"):
            self._skip_number(writer.kind)
        elif writer.kind == "string":
            self.sized("text_at", ".decode()")
        elif writer.kind == "bytes":
            self._skip_bytes()

    def _skip_number(self, kind: str) -> None:
        with self._out.block("if data[p] < 128:"):
            self._out.add("p += 1")
        with self._out.block("else:"):
            self._out.add(f"_, p = {self._use(f'read_{kind}')}(data, p)")

    def _skip_bytes(self) -> None:
        size = self._out.fresh("k")
        self._out.add(f"{size} = {self._use('LENGTH')}[data[p]]")
        with self._out.block(f"if {size}:"):
            self._out.add(f"p += {size}")
        with self._out.block("else:"):
            self._out.add(f"_, p = {self._use('bytes_at')}(data, p)")

    def sized(self, helper: str, convert: str) -> str:
        """Emit what reads bytes with their length in front; return the variable that holds them, converted."""
        size, value = self._out.fresh("k"), self._out.fresh("s")
        self._out.add(f"{size} = {self._use('LENGTH')}[data[p]]")
        with self._out.block(f"if {size}:"):
            self._out.add(f"{value} = data[p + 1 : (p := p + {size})]{convert}")
        with self._out.block("else:"):
            self._out.add(f"{value}, p = {self._use(helper)}(data, p)")
        return value

    def _number(self, written: str, wanted: str) -> str:
        """A whole number, which may be promoted."""
        number = self._integer(written)
        if wanted == "float":
            return self.named(f"{self._use('float32')}({number})")
        return self.named(f"float({number})") if wanted == "double" else number

    def _integer(self, kind: str) -> str:
        """Up to four bytes are read inline, since a call costs as much as the work."""
        number = self._out.fresh("n")
        self._out.add(f"{number} = data[p]")
        with self._out.block(f"if {number} < 128:"):
            self._out.add(f"{number} = {self._use('ZIGZAG')}[{number}]")
            self._out.add("p += 1")
        with self._out.block("else:"):
            self._longer(number, kind, [])
        return number

    def _longer(self, number: str, kind: str, more: list[str]) -> None:
        """Read one more byte. A table halves the first and takes off what each byte but the last is too much."""
        size = len(more) + 1
        if size == 4:
            self._out.add(f"{number}, p = {self._use(f'read_{kind}')}(data, p)")
            return
        byte = self._out.fresh("b")
        self._out.add(f"{byte} = data[p + {size}]")
        with self._out.block(f"if {byte} < 128:"):
            half = f"{self._use(f'HALF_{size + 1}')}[{number}]"
            half += "".join(f" + {name} * {128**power // 2}" for power, name in enumerate([*more, byte], 1))
            self._out.add(f"{number} = ~({half}) if {number} & 1 else {half}")
            self._out.add(f"p += {size + 1}")
        with self._out.block("else:"):
            self._longer(number, kind, [*more, byte])

    def _logical(self, type_: Primitive | Fixed) -> str:
        assert type_.logical is not None
        name = type_.logical.name
        if name == "uuid":
            value = self._out.fresh("g")
            self._out.add(f"{value}, p = {self._use('uuid_at')}(data, p)")
            return value
        if name == "decimal":
            return self._decimal(type_.logical, self.sized("bytes_at", ""), None)
        if name == "big-decimal":
            return self.named(f"{self._use('big_decimal_from')}({self.sized('bytes_at', '')})")
        if name.endswith("-nanos"):
            return self._integer("long")
        return self.named(self._moment(name))

    def _moment(self, name: str) -> str:
        """The expression for a date or a time."""
        if name == "date":
            return f"{self._use('date_from')}({self._integer('int')})"
        if name.startswith("time-"):
            number = self._integer("int" if name == "time-millis" else "long")
            return f"{self._use(f'time_from_{name[5:]}')}({number})"
        count = self._out.fresh("n")
        self._out.add(f"{count}, p = {self._use('timestamp_at')}(data, p)")
        per_second = 1_000 if name.endswith("millis") else 1_000_000
        micros = f"{count} * 1000" if per_second == 1_000 else count
        span = f"{self._shape.scope.external('_dt.timedelta')}(0, 0, {micros})"
        if name.startswith("local"):
            return f"{self._use('LOCAL_EPOCH')} + {span}"
        quick = f"{self._use('fromtimestamp')}({count} / {per_second}, {self._use('UTC')})"
        return f"{quick} if 0 <= {count} < {_EXACT_SECONDS * per_second} else {self._use('EPOCH')} + {span}"

    def _from_fixed(self, type_: Fixed, raw: str) -> str:
        if type_.logical is None:
            return raw
        if type_.logical.name == "decimal":
            return self._decimal(type_.logical, raw, type_.size)
        return self.named(f"{self._use(f'{type_.logical.name}_from')}({raw})")

    def _decimal(self, logical: Logical, raw: str, size: int | None) -> str:
        """A number of so few bytes that it cannot have too many digits is made a decimal inline."""
        unit, small = self._shape.module.power(-logical.scale), _safe_size(logical.precision)
        inline = f'{self._use("multiply")}({self._use("from_bytes")}({raw}, "big", signed=True), {unit})'
        checked = f"{self._use('decimal_from')}({raw}, {unit}, {decimal_limit(logical.precision)})"
        if size is not None:
            return self.named(inline if size <= small else checked)
        return self.named(f"{inline} if len({raw}) <= {small} else {checked}")

    def named(self, text: str) -> str:
        """Emit an assignment of an expression; return the variable."""
        value = self._out.fresh("v")
        self._out.add(f"{value} = {text}")
        return value


def code(type_: Leaf) -> str:
    """Return the struct code of a fixed-width type; empty for others."""
    if isinstance(type_, Fixed):
        return f"{type_.size}s"
    return {"float": "f", "double": "d", "boolean": "B"}.get(type_.kind, "")


def width(type_: Leaf) -> int:
    """Return how many bytes a fixed-width type takes."""
    if isinstance(type_, Fixed):
        return type_.size
    return {"float": 4, "double": 8}.get(type_.kind, 1)


def _safe_size(precision: int) -> int:
    """How many bytes hold no number of more digits than ``precision``."""
    return min((power_of_ten(precision).bit_length()) // 8, MAX_DECIMAL_BYTES)
