"""The text of a decoder: straight-line code for one plan, checks included.

A slice beyond the end of the bytes is short without an error, and leaves a position that no later read and
not the last check will accept, so truncation costs nothing to notice. What is not of the common form raises;
the caller then runs the interpreter over the same plan, which either reads it or says what is wrong with it.
"""

from __future__ import annotations

from typing import Final

from avow.generate.classes import required_first
from avow.generate.expression import expression
from avow.generate.lines import Lines
from avow.generate.shape import Shape, decimal_limit
from avow.runtime.defaults import resolve_default
from avow.runtime.limits import is_empty
from avow.runtime.logical import MAX_DECIMAL_BYTES, power_of_ten
from avow.runtime.resolution import (
    ArrayPlan,
    EnumPlan,
    Failure,
    LeafPlan,
    MapPlan,
    Plan,
    RecordPlan,
    UnionPlan,
)
from avow.runtime.schema import Array, Fixed, Logical, Map, Primitive, Record, Type, Union

_MANY: Final = 64
"""From so many branches or symbols on, an index may take two bytes."""

_EXACT_SECONDS: Final = 4_000_000_000
"""Up to here a float of seconds since 1970 is less than half a microsecond off, so rounding restores it."""


def plan_children(plan: Plan) -> list[Plan]:
    """Return the plans that a plan directly consists of."""
    if isinstance(plan, RecordPlan):
        return [step.plan for step in plan.steps if step.plan is not None]
    if isinstance(plan, UnionPlan):
        return list(plan.branches)
    if isinstance(plan, ArrayPlan):
        return [plan.items]
    return [plan.values] if isinstance(plan, MapPlan) else []


def plan_record(plan: Plan) -> Record | None:
    """Return the record that a plan builds, if it builds one."""
    return plan.reader if isinstance(plan, RecordPlan) else None


class DecoderText:
    """Writes the decoders of one codec module."""

    def __init__(self, shape: Shape[Plan]) -> None:
        self._shape = shape
        self._use = shape.use
        self._out = Lines()
        self._level = 0

    def root(self, plan: RecordPlan) -> str:
        """Return the source of ``decode``, which reads from a position to the end of the bytes."""
        self._out, self._level = Lines(), 0
        value = self.value(plan)
        self._check("p != len(data)")
        self._out.add(f"return {value}")
        name = self._shape.class_name(plan.reader)
        return f"def decode(data: bytes, p: int = 0) -> {name}:\n{self._out.text()}\n"

    def apart(self, plan: Plan, signature: str) -> str:
        """Return the source of a function for a plan that is not inlined."""
        self._out, self._level = Lines(), 0
        value = self._record(plan) if isinstance(plan, RecordPlan) else self._nameless(plan)
        self._out.add(f"return {value}, p")
        return f"{signature}\n{self._out.text()}\n"

    def value(self, plan: Plan) -> str:
        """Emit what reads a value; return the expression that holds it."""
        if isinstance(plan, LeafPlan):
            return self._leaf(plan.writer, plan.reader)
        if isinstance(plan, EnumPlan):
            return self._enum(plan)
        if self._shape.is_apart(plan, self._out.depth):
            value = self._out.fresh("r")
            self._out.add(f"{value}, p = {self._shape.call('decode', plan, 'data, p', self._level)}")
            return value
        return self._record(plan) if isinstance(plan, RecordPlan) else self._nameless(plan)

    def _nameless(self, plan: Plan) -> str:
        if isinstance(plan, UnionPlan):
            return self._union(plan)
        if isinstance(plan, ArrayPlan):
            return self._array(plan)
        if isinstance(plan, MapPlan):
            return self._map(plan)
        assert isinstance(plan, Failure)
        self._out.add(f"raise {self._use('Unfit')}")
        return "None"

    def _check(self, condition: str) -> None:
        with self._out.block(f"if {condition}:"):
            self._out.add(f"raise {self._use('Unfit')}")

    def _record(self, plan: RecordPlan) -> str:
        if too_deep := self._shape.too_deep(self._level):
            self._check(too_deep)
        self._level += 1
        values: dict[str, str] = {}
        run: list[tuple[str, Primitive | Fixed]] = []
        for step in plan.steps:
            assert step.plan is not None and step.target is not None
            if isinstance(step.plan, LeafPlan) and _code(step.plan.writer):
                run.append((step.target.name, step.plan.writer))
                continue
            self._unpack(run, values)
            run = []
            values[step.target.name] = self.value(step.plan)
        self._unpack(run, values)
        for field in plan.filled:
            values[field.name] = expression(resolve_default(field.type, field.default), self._shape.scope)
        self._level -= 1
        arguments = ", ".join(values[field.name] for field in required_first(plan.reader.fields))
        record = self._out.fresh("r")
        self._out.add(f"{record} = {self._shape.module.constructor(plan.reader)}({arguments})")
        return record

    def _unpack(self, run: list[tuple[str, Primitive | Fixed]], values: dict[str, str]) -> None:
        """Read fixed-width values that stand in a row with one call."""
        if not run:
            return
        if [type_.kind for _, type_ in run] == ["boolean"]:
            values[run[0][0]] = self._named(f"{self._use('BOOLEAN')}[data[p]]")
            self._out.add("p += 1")
            return
        names = [self._out.fresh("x") for _ in run]
        unpack = self._shape.struct("unpack_from", "".join(_code(type_) for _, type_ in run))
        self._out.add(f"{', '.join(names)}{',' * (len(names) == 1)} = {unpack}(data, p)")
        self._out.add(f"p += {sum(_width(type_) for _, type_ in run)}")
        for name, (field, type_) in zip(names, run, strict=True):
            if isinstance(type_, Fixed):
                values[field] = self._from_fixed(type_, name)
            else:
                values[field] = f"{self._use('BOOLEAN')}[{name}]" if type_.kind == "boolean" else name

    def _leaf(self, writer: Primitive | Fixed, reader: Primitive | Fixed) -> str:
        if _code(writer):
            values: dict[str, str] = {}
            self._unpack([("", writer)], values)
            return values[""]
        if writer.kind == "null":
            return "None"
        if reader.logical is not None:
            return self._logical(reader)
        if writer.kind in ("int", "long"):
            return self._integer(writer.kind)
        if writer.kind == "string":
            return self._sized("text_at", ".decode()")
        return self._sized("bytes_at", "")

    def _sized(self, helper: str, convert: str) -> str:
        size, end, value = self._out.fresh("k"), self._out.fresh("p"), self._out.fresh("s")
        self._out.add(f"{size} = {self._use('LENGTH')}[data[p]]")
        with self._out.block(f"if {size}:"):
            self._out.add(f"{end} = p + {size}")
            self._out.add(f"{value} = data[p + 1 : {end}]{convert}")
            self._out.add(f"p = {end}")
        with self._out.block("else:"):
            self._out.add(f"{value}, p = {self._use(helper)}(data, p)")
        return value

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
        """Read one more byte. Sums are cheaper here than masks; each byte but the last is 128 too much."""
        size = len(more) + 1
        if size == 4:
            self._out.add(f"{number}, p = {self._use(f'read_{kind}')}(data, p)")
            return
        byte = self._out.fresh("b")
        self._out.add(f"{byte} = data[p + {size}]")
        with self._out.block(f"if {byte} < 128:"):
            terms = [f"{name} * {128**power}" for power, name in enumerate([*more, byte], 1)]
            self._out.add(f"{number} += {' + '.join(terms)} - {sum(128**power for power in range(1, size + 1))}")
            self._out.add(f"{number} = ~({number} >> 1) if {number} & 1 else {number} >> 1")
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
            return self._decimal(type_.logical, self._sized("bytes_at", ""), None)
        if name == "big-decimal":
            return self._named(f"{self._use('big_decimal_from')}({self._sized('bytes_at', '')})")
        if name.endswith("-nanos"):
            return self._integer("long")
        return self._named(self._moment(name))

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
        return self._named(f"{self._use(f'{type_.logical.name}_from')}({raw})")

    def _decimal(self, logical: Logical, raw: str, size: int | None) -> str:
        """A number of so few bytes that it cannot have too many digits is made a decimal inline."""
        unit, small = self._shape.module.power(-logical.scale), _safe_size(logical.precision)
        inline = f'{self._use("multiply")}({self._use("from_bytes")}({raw}, "big", signed=True), {unit})'
        checked = f"{self._use('decimal_from')}({raw}, {unit}, {decimal_limit(logical.precision)})"
        if size is not None:
            return self._named(inline if size <= small else checked)
        return self._named(f"{inline} if len({raw}) <= {small} else {checked}")

    def _named(self, text: str) -> str:
        value = self._out.fresh("v")
        self._out.add(f"{value} = {text}")
        return value

    def _enum(self, plan: EnumPlan) -> str:
        members = self._shape.module.symbol_members(plan.reader, plan.symbols)
        symbol = self._out.fresh("e")
        if len(plan.symbols) <= _MANY:
            self._out.add(f"{symbol} = {members}[data[p]]")
            self._out.add("p += 1")
        else:
            index = self._out.fresh("i")
            self._out.add(f"{index}, p = {self._use('index_at')}(data, p)")
            self._out.add(f"{symbol} = {members}[2 * {index}]")
        return symbol

    def _array(self, plan: ArrayPlan) -> str:
        items = self._out.fresh("a")
        annotation = self._shape.scope.annotation(reader_of(plan.items))
        if isinstance(plan.items, (LeafPlan, RecordPlan)) and is_empty(plan.items.writer):
            self._check("data[p]")  # items without bytes are counted against a limit, by the interpreter
            self._out.add("p += 1")
            self._out.add(f"{items}: list[{annotation}] = []")
            return items
        self._out.add(f"{items}: list[{annotation}] = []")
        with self._blocks():
            self._out.add(f"{items}.append({self.value(plan.items)})")
        return items

    def _map(self, plan: MapPlan) -> str:
        entries = self._out.fresh("m")
        annotation = self._shape.scope.annotation(reader_of(plan.values))
        self._out.add(f"{entries}: dict[str, {annotation}] = {{}}")
        with self._blocks():
            key = self._sized("text_at", ".decode()")
            self._out.add(f"{entries}[{key}] = {self.value(plan.values)}")
        return entries

    def _blocks(self) -> BlockLoop:
        return BlockLoop(self._out, self._use("count_at"))

    def _union(self, plan: UnionPlan) -> str:
        tag, value = self._out.fresh("t"), self._out.fresh("u")
        is_long = len(plan.branches) > _MANY
        if is_long:
            self._out.add(f"{tag}, p = {self._use('index_at')}(data, p)")
        else:
            self._out.add(f"{tag} = data[p]")
            self._out.add("p += 1")
        self._out.add(f"{value}: {self._shape.scope.annotation(reader_of(plan))}")
        for index, branch in enumerate(plan.branches):
            with self._out.block(f"{'elif' if index else 'if'} {tag} == {index if is_long else 2 * index}:"):
                self._out.add(f"{value} = {self.value(branch)}")
        if plan.branches:
            with self._out.block("else:"):
                self._out.add(f"raise {self._use('Unfit')}")
        else:
            self._out.add(f"raise {self._use('Unfit')}")
        return value


class BlockLoop:
    """The loops over the blocks of an array or a map, and over the items of a block."""

    def __init__(self, out: Lines, count_at: str) -> None:
        self._out = out
        self._count = out.fresh("c")
        self._count_at = count_at

    def __enter__(self) -> None:
        self._next()
        self._out.add(f"while {self._count}:")
        self._out.depth += 1
        with self._out.block(f"if {self._count} < 128 and not {self._count} & 1:"):
            self._out.add(f"{self._count} >>= 1")
        with self._out.block("else:"):
            self._out.add(f"{self._count}, p = {self._count_at}(data, p - 1)")
        self._out.add(f"for _ in range({self._count}):")
        self._out.depth += 1

    def __exit__(self, *_: object) -> None:
        self._out.depth -= 1
        self._next()
        self._out.depth -= 1

    def _next(self) -> None:
        self._out.add(f"{self._count} = data[p]")
        self._out.add("p += 1")


def reader_of(plan: Plan) -> Type:
    """Return the reader's type of what a plan reads."""
    if isinstance(plan, UnionPlan):
        return Union(tuple(reader_of(branch) for branch in plan.branches))
    if isinstance(plan, ArrayPlan):
        return Array(reader_of(plan.items))
    if isinstance(plan, MapPlan):
        return Map(reader_of(plan.values))
    return plan.reader


def _code(type_: Primitive | Fixed) -> str:
    """The struct code of a fixed-width type; empty for others."""
    if isinstance(type_, Fixed):
        return f"{type_.size}s"
    return {"float": "f", "double": "d", "boolean": "B"}.get(type_.kind, "")


def _width(type_: Primitive | Fixed) -> int:
    if isinstance(type_, Fixed):
        return type_.size
    return {"float": 4, "double": 8}.get(type_.kind, 1)


def _safe_size(precision: int) -> int:
    """How many bytes hold no number of more digits than ``precision``."""
    return min((power_of_ten(precision).bit_length()) // 8, MAX_DECIMAL_BYTES)
