"""The text of an encoder: straight-line code for one type, checks included.

Each value becomes pieces of bytes that one join puts together. What is not of the common form (a subclass,
a value out of range) raises; the caller then runs the plain encoder, which either knows the value or says
what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from avow.generate import spelling
from avow.generate.branches import branch_tests
from avow.generate.lines import Lines
from avow.generate.scope import LOGICAL
from avow.generate.shape import Shape, bytes_literal
from avow.runtime.limits import is_empty
from avow.runtime.logical import MAX_DECIMAL_BYTES
from avow.runtime.schema import Array, Enum, Fixed, Map, Primitive, Record, Type, Union
from avow.runtime.varint import write_long

_FLOATS: Final = {"float": "f", "double": "d"}
_TEXT: Final = Primitive("string")
_CHECKED: Final = {"null": "None", "int": "int", "long": "int", "bytes": "bytes"}
"""Classes that are checked ahead; helpers check what they are given, str.encode included."""


class EncoderText:
    """Writes the encoders of one codec module; ``shape`` says what is inlined and names what is imported."""

    def __init__(self, shape: Shape[Type]) -> None:
        self._shape = shape
        self._use = shape.use
        self._out = Lines()
        self._level = 0

    def root(self, type_: Record) -> str:
        """Return the source of ``encode``, whose bytes begin with a header."""
        self._out, self._level = Lines(), 0
        name = self._shape.class_name(type_)
        if self._shape.is_apart(type_, 0):
            pieces = [self._shape.call("encode", type_, "value", 0)]
        else:
            self._check(f"type(value) is not {name}")
            pieces = self._record(type_, "value")
        head = f"def encode(value: {name}, head: bytes = HEAD) -> bytes:"
        return f"{head}\n{self._text(['head', *pieces])}"

    def apart(self, type_: Type, signature: str) -> str:
        """Return the source of a function for a type that is not inlined."""
        self._out, self._level = Lines(), 0
        self._check_class(type_, "value")
        pieces = self._record(type_, "value") if isinstance(type_, Record) else self._nameless(type_, "value")
        return f"{signature}\n{self._text(pieces)}"

    def _text(self, pieces: list[str]) -> str:
        self._out.add(f"return {self._join(pieces)}")
        return f"{self._out.text()}\n"

    def pieces(self, type_: Type, value: str, *, is_known: bool = False) -> list[str]:
        """Emit what encodes the variable ``value``; return the expressions whose bytes make it up.

        Where ``is_known`` is true the code around has found the value's class to be the type's.
        """
        if isinstance(type_, (Primitive, Fixed)):
            if not is_known:
                self._check_class(type_, value)
            return self._leaf(type_, value)
        if isinstance(type_, Enum):
            return [f"{self._shape.symbol_bytes(type_)}[{value}]"]
        if self._shape.is_apart(type_, self._out.depth):
            return [self._shape.call("encode", type_, value, self._level)]
        if not is_known:
            self._check_class(type_, value)
        return self._record(type_, value) if isinstance(type_, Record) else self._nameless(type_, value)

    def _check_class(self, type_: Type, value: str) -> None:
        """Emit a check of a value's class, for the types whose code does not check it by the way."""
        if isinstance(type_, Record):
            self._check(f"type({value}) is not {self._shape.class_name(type_)}")
        elif isinstance(type_, (Array, Map)):
            self._check(f"type({value}) is not {'list' if isinstance(type_, Array) else 'dict'}")
        elif isinstance(type_, (Primitive, Fixed)):
            class_ = _checked_class(type_)
            if class_ == "None":
                self._check(f"{value} is not None")
            elif class_:
                name = self._shape.scope.external(class_) if class_.startswith("_") else class_
                self._check(f"type({value}) is not {name}")

    def _nameless(self, type_: Type, value: str) -> list[str]:
        if isinstance(type_, Union):
            return self._union(type_, value)
        if isinstance(type_, Array):
            return self._array(type_, value)
        if isinstance(type_, Map):
            return self._map(type_, value)
        assert isinstance(type_, (Primitive, Fixed))
        return self._leaf(type_, value)

    def _leaf(self, type_: Primitive | Fixed, value: str) -> list[str]:
        if type_.logical is not None:
            return self._logical(type_, value)
        if isinstance(type_, Fixed):
            self._check(f"len({value}) != {type_.size}")
            return [value]
        return self._primitive(type_.kind, value)

    def _check(self, condition: str) -> None:
        with self._out.block(f"if {condition}:"):
            self._out.add(f"raise {self._use('Unfit')}")

    def _join(self, pieces: list[str]) -> str:
        if len(pieces) < 3:
            return " + ".join(_grouped(piece) for piece in pieces) or 'b""'
        return f'b"".join(({", ".join(pieces)}))'

    def _record(self, record: Record, value: str) -> list[str]:
        if too_deep := self._shape.too_deep(self._level):
            self._check(too_deep)
        self._level += 1
        attributes = spelling.fields(field.name for field in record.fields)
        pieces: list[str] = []
        run: list[tuple[str, str]] = []
        for field in record.fields:
            type_, source = field.type, f"{value}.{attributes[field.name]}"
            if isinstance(type_, Union) and not type_.branches:
                self._out.add(f"{self._use('unfit')}({source})")
                continue
            name = source
            if not _is_used_once(type_):
                name = self._out.fresh("v")
                self._out.add(f"{name} = {source}")
            if isinstance(type_, Primitive) and type_.kind in _FLOATS:
                self._as_float(name)
                run.append((_FLOATS[type_.kind], name))
                continue
            pieces += self._packed(run)
            run = []
            pieces += self.pieces(type_, name)
        self._level -= 1
        return pieces + self._packed(run)

    def _packed(self, run: list[tuple[str, str]]) -> list[str]:
        if not run:
            return []
        packer = self._shape.struct("pack", "".join(code for code, _ in run))
        return [f"{packer}({', '.join(name for _, name in run)})"]

    def _as_float(self, value: str) -> None:
        with self._out.block(f"if type({value}) is not float:"):
            self._out.add(f"{value} = {self._use('as_float')}({value})")

    def _primitive(self, kind: str, value: str) -> list[str]:
        if kind == "null":
            return []
        if kind == "boolean":
            return [f'b"\\1" if {value} is True else b"\\0" if {value} is False else {self._use("unfit")}({value})']
        if kind in _FLOATS:
            self._as_float(value)
            return self._packed([(_FLOATS[kind], value)])
        if kind in ("int", "long"):
            return [self._integer(value, kind)]
        if kind == "bytes":
            return self._sized(value)
        encoded = self._out.fresh("b")
        self._out.add(f"{encoded} = {self._use('utf8')}({value})")
        return self._sized(encoded)

    def _sized(self, value: str) -> list[str]:
        return [self._count(value), value]

    def _count(self, value: str) -> str:
        """The length of a variable's value, as Avro writes it."""
        size = self._out.fresh("n")
        self._out.add(f"{size} = len({value})")
        return f"{self._use('EVEN')}[{size}] if {size} < 8192 else {self._use('long_bytes')}({size})"

    def _integer(self, value: str, kind: str) -> str:
        """The bytes of an int: what takes up to four inline, since a call costs as much as the work."""
        even, even14, short = self._use("EVEN"), self._use("EVEN14"), self._use("SHORT")
        return (
            f"{even}[{value}] if 0 <= {value} < 8192"
            f" else {even14}[{value} & 8191] + {short}[{value} >> 13] if 8192 <= {value} < 134217728"
            f" else {self._use(f'{kind}_bytes')}({value})"
        )

    def _micros(self, value: str) -> str:
        """The bytes of microseconds since 1970: eight of them from 1971 to 2112."""
        even14, low, short = self._use("EVEN14"), self._use("LOW14"), self._use("SHORT")
        return (
            f"{even14}[{value} & 8191] + {low}[{value} >> 13 & 16383] + {low}[{value} >> 27 & 16383]"
            f" + {short}[{value} >> 41] if 2199023255552 <= {value} < 36028797018963968"
            f" else {self._use('micros_bytes')}({value})"
        )

    def _logical(self, type_: Primitive | Fixed, value: str) -> list[str]:
        assert type_.logical is not None
        name = type_.logical.name
        if name == "decimal":
            return self._decimal(type_, value)
        if name == "uuid" and isinstance(type_, Fixed):
            return [f"{value}.bytes"]
        if name == "uuid":
            digits = self._out.fresh("h")
            self._out.add(f'{digits} = {self._use("hexlify")}({value}.int.to_bytes(16, "big"), "-", 2)')
            return ['b"H"', f"{digits}[:4]", f"{digits}[5:29]", f"{digits}[30:34]", f"{digits}[35:]"]
        if name == "duration":
            return [f"{self._use('duration_bytes')}({value})"]
        if name == "big-decimal":
            raw = self._out.fresh("b")
            self._out.add(f"{raw} = {self._use('big_decimal_bytes')}({value})")
            return self._sized(raw)
        return self._time(name, value)

    def _decimal(self, type_: Primitive | Fixed, value: str) -> list[str]:
        assert type_.logical is not None
        shifted, unscaled = self._out.fresh("q"), self._out.fresh("z")
        self._out.add(f"{shifted} = {self._use('multiply')}({value}, {self._shape.module.power(type_.logical.scale)})")
        self._check(f"{shifted}.adjusted() >= {type_.logical.precision}")
        self._out.add(f"{unscaled} = int({shifted})")
        self._check(f"{unscaled} != {shifted}")
        if type_.logical.precision > MAX_DECIMAL_BYTES:  # digits; only so many can take too many bytes
            self._check(f"{unscaled}.bit_length() >= {8 * MAX_DECIMAL_BYTES}")
        if isinstance(type_, Fixed):
            return [f'{unscaled}.to_bytes({type_.size}, "big", signed=True)']
        raw = self._out.fresh("b")
        self._out.add(f'{raw} = {unscaled}.to_bytes(({unscaled}.bit_length() + 8) >> 3, "big", signed=True)')
        return self._sized(raw)

    def _time(self, name: str, value: str) -> list[str]:
        if name.endswith("nanos"):
            return [self._integer(value, "long")]
        count = self._out.fresh("t")
        if name == "date":
            self._out.add(f"{count} = {self._use('date_days')}({value})")
            return [self._integer(count, "int")]
        if name.startswith("time-"):
            self._out.add(f"{count} = {self._use(name.replace('-', '_'))}({value})")
            return [self._integer(count, "int" if name == "time-millis" else "long")]
        span = self._out.fresh("d")
        epoch = self._use("LOCAL_EPOCH" if name.startswith("local") else "EPOCH")
        self._out.add(f"{span} = {value} - {epoch}")
        seconds = f"({span}.days * 86400 + {span}.seconds)"
        if name.endswith("micros"):
            self._out.add(f"{count} = {seconds} * 1000000 + {span}.microseconds")
            return [self._micros(count)]
        self._out.add(f"{count} = {seconds} * 1000 + {span}.microseconds // 1000")
        return [f"{self._use('millis_bytes')}({count})"]

    def _array(self, array: Array, value: str) -> list[str]:
        if is_empty(array.items):
            self._check(value)
            return ['b"\\0"']

        def items(gather: str) -> None:
            item = self._out.fresh("i")
            with self._out.block(f"for {item} in {value}:"):
                self._gather(gather, self.pieces(array.items, item))

        return [self._block(value, items)]

    def _map(self, map_: Map, value: str) -> list[str]:

        def entries(gather: str) -> None:
            key, item = self._out.fresh("k"), self._out.fresh("i")
            with self._out.block(f"for {key}, {item} in {value}.items():"):
                pieces = self.pieces(_TEXT, key)
                self._gather(gather, pieces + self.pieces(map_.values, item))

        return [self._block(value, entries)]

    def _gather(self, gather: str, pieces: list[str]) -> None:
        if len(pieces) == 1:
            self._out.add(f"{gather}.append({pieces[0]})")
        else:
            self._out.add(f"{gather} += ({', '.join(pieces)})")

    def _block(self, value: str, fill: Callable[[str], None]) -> str:
        """Emit one block of items, or the zero byte of none; return the variable that holds it."""
        block = self._out.fresh("u")
        with self._out.block(f"if {value}:"):
            gather = self._out.fresh("q")
            self._out.add(f"{gather} = [{self._count(value)}]")
            fill(gather)
            self._out.add(f'{gather}.append(b"\\0")')
            self._out.add(f'{block} = b"".join({gather})')
        with self._out.block("else:"):
            self._out.add(f'{block} = b"\\0"')
        return block

    def _union(self, union: Union, value: str) -> list[str]:
        if not union.branches:
            return [f"{self._use('unfit')}({value})"]
        keyword = "if"
        names = [self._out.fresh("u") for _ in range(_SPREAD)] if _is_optional(union) else [self._out.fresh("u")]
        for condition, index in branch_tests(union, value, self._shape.module):
            with self._out.block(f"{keyword} {condition}:"):
                pieces = self.pieces(union.branches[index], value, is_known=True)
                self._assign(names, [bytes_literal(write_long(index)), *pieces])
            keyword = "elif"
        with self._out.block("else:"):
            self._out.add(f"raise {self._use('Unfit')}")
        return names

    def _assign(self, names: list[str], pieces: list[str]) -> None:
        """Assign pieces to names: joined where there is one name, else one each, the rest empty."""
        if len(names) == 1 or len(pieces) > len(names):
            pieces = [self._join(pieces)]
        for name, piece in zip(names, [*pieces, *['b""'] * (len(names) - len(pieces))], strict=True):
            self._out.add(f"{name} = {piece}")


_SPREAD: Final = 3
"""Into how many pieces an optional value goes: its branch, its length, itself."""


def _is_optional(union: Union) -> bool:
    """Whether a union is null or text or bytes of one kind, whose pieces go to the outer join as they are."""
    return len(union.branches) == 2 and {branch.kind for branch in union.branches} in _TEXTS


_TEXTS: Final = ({"null", "string"}, {"null", "bytes"})


def _grouped(piece: str) -> str:
    return f"({piece})" if " if " in piece else piece


def _checked_class(type_: Primitive | Fixed) -> str:
    """The class to check a value for, as modules call it; empty where what is called checks it."""
    if type_.logical is None:
        return "bytes" if isinstance(type_, Fixed) else _CHECKED.get(type_.kind, "")
    name = type_.logical.name
    if name in ("uuid", "decimal"):
        return LOGICAL[name]
    if name.endswith("-nanos"):
        return "int"
    return "_dt.datetime" if "timestamp" in name else ""


def _is_used_once(type_: Type) -> bool:
    """Whether the code for a value names it once, so that it needs no variable."""
    return isinstance(type_, Enum) or (
        type_.kind == "string" and isinstance(type_, Primitive) and type_.logical is None
    )
