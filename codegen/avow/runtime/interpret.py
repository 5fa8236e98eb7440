"""The interpreter: runs a plan over bytes, for writers that turned up at run time and to explain errors.

Generated decoders are fast and say nothing of where they failed; when one refuses a message, the same plan
is run here for the path, the offset and the reason. Both accept the same messages and hold the same limits.
"""

from __future__ import annotations

from typing import Any

from .choose import Classes
from .cursor import Cursor
from .defaults import Default, leaf_value, resolve_default
from .errors import DecodeError
from .fault import Fault
from .float32 import float32
from .limits import MAX_NESTING, is_empty
from .logical import conversion
from .resolution import (
    ArrayPlan,
    EnumPlan,
    LeafPlan,
    MapPlan,
    Plan,
    RecordPlan,
    UnionPlan,
)
from .schema import Array, Enum, Fixed, Json, Map, Primitive, Record, Type, Union


def decode(plan: Plan, data: bytes, position: int, name: str, classes: Classes) -> Any:
    """Return the value that ``data`` holds from ``position`` to its end.

    ``name`` is the reader's type, for messages. Raises DecodeError, with path and offset.
    """
    reader = _Reader(data, position, classes)
    try:
        value = reader.read(plan, 0)
        if reader.position != len(data):
            rest = len(data) - reader.position
            raise Fault(f"{rest} byte{'s' * (rest != 1)} behind the value", reader.position)
    except Fault as fault:
        raise DecodeError(name, fault.path, fault.offset, fault.reason) from None
    except RecursionError:
        raise DecodeError(name, "", None, "the value is nested too deeply for the stack that is left") from None
    return value


def default_value(type_: Type, value: Json, classes: Classes) -> Any:
    """Return the Python value of a field's default; the type must admit it."""
    return _built(resolve_default(type_, value), classes)


def _built(default: Default, classes: Classes) -> Any:
    type_, value = default.type, default.value
    if isinstance(type_, Record):
        return build(type_, {name: _built(item, classes) for name, item in value.items()}, classes)
    if isinstance(type_, Array):
        return [_built(item, classes) for item in value]
    if isinstance(type_, Map):
        return {key: _built(item, classes) for key, item in value.items()}
    return classes(type_.name)(value) if isinstance(type_, Enum) else leaf_value(type_, value)


def build(record: Record, values: dict[str, Any], classes: Classes) -> Any:
    """Return an instance of a record's class; ``values`` has one for every field, by wire name."""
    class_ = classes(record.name)
    return class_(*[values[name] for name in class_.__struct_encode_fields__])


class _Reader(Cursor):
    """Runs plans over one message."""

    def __init__(self, data: bytes, position: int, classes: Classes) -> None:
        super().__init__(data, position)
        self._classes = classes

    def read(self, plan: Plan, depth: int) -> Any:
        if isinstance(plan, LeafPlan):
            return self._leaf(plan)
        if isinstance(plan, RecordPlan):
            return self._record(plan, depth)
        if isinstance(plan, UnionPlan):
            return self.read(plan.branches[self.index(len(plan.branches), "branch")], depth)
        if isinstance(plan, ArrayPlan):
            return self._array(plan, depth)
        if isinstance(plan, MapPlan):
            return self._map(plan, depth)
        if isinstance(plan, EnumPlan):
            return self._enum(plan)
        raise Fault(plan.reason, self.position)

    def _record(self, plan: RecordPlan, depth: int) -> Any:
        _check_depth(depth, self.position)
        for failure in plan.failures:
            raise Fault(failure.reason, self.position)
        if not plan.steps:
            self.spend_value()
        values: dict[str, Any] = {}
        for step in plan.steps:
            try:
                if step.plan is None or step.target is None:
                    self._skip(step.field.type, depth + 1)
                else:
                    values[step.target.name] = self.read(step.plan, depth + 1)
            except Fault as fault:
                fault.inside(step.field)
                raise
        for field in plan.filled:
            values[field.name] = default_value(field.type, field.default, self._classes)
        return build(plan.reader, values, self._classes)

    def _enum(self, plan: EnumPlan) -> Any:
        start = self.position
        index = self.index(len(plan.symbols), "symbol")
        symbol = plan.symbols[index]
        if symbol is None:
            found = plan.writer.symbols[index]
            raise Fault(f"the writer's symbol {found} is none of the reader's, whose enum has no default", start)
        return self._classes(plan.reader.name)(symbol)

    def _array(self, plan: ArrayPlan, depth: int) -> list[Any]:
        items: list[Any] = []
        free = isinstance(plan.items, (RecordPlan, LeafPlan)) and is_empty(plan.items.writer)
        while count := self.count():
            if free:
                self.spend_items(count)
            for _ in range(count):
                try:
                    items.append(self.read(plan.items, depth))
                except Fault as fault:
                    fault.inside(len(items))
                    raise
        return items

    def _map(self, plan: MapPlan, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while count := self.count():
            for _ in range(count):
                key = self.text()
                try:
                    entries[key] = self.read(plan.values, depth)
                except Fault as fault:
                    fault.inside(key)
                    raise
        return entries

    def _leaf(self, plan: LeafPlan) -> Any:
        start = self.position
        raw = self.raw(plan.writer)
        try:
            value = _promote(raw, plan.writer.kind, plan.reader.kind)
            found = conversion(plan.reader)
            return value if found is None else found.load(value)
        except ValueError as error:
            raise Fault(str(error), start) from None

    def _skip(self, type_: Type, depth: int) -> None:
        """Read a value that the reader drops, with the same checks."""
        if isinstance(type_, (Primitive, Fixed)):
            self.raw(type_)
        elif isinstance(type_, Enum):
            self.index(len(type_.symbols), "symbol")
        elif isinstance(type_, Union):
            self._skip(type_.branches[self.index(len(type_.branches), "branch")], depth)
        elif isinstance(type_, Record):
            _check_depth(depth, self.position)
            if not type_.fields:
                self.spend_value()
            for field in type_.fields:
                self._skip(field.type, depth + 1)
        else:
            self._skip_items(type_, depth)

    def _skip_items(self, type_: Array | Map, depth: int) -> None:
        while count := self.count():
            if isinstance(type_, Array) and is_empty(type_.items):
                self.spend_items(count)
                continue
            for _ in range(count):
                if isinstance(type_, Map):
                    self.text()
                self._skip(type_.items if isinstance(type_, Array) else type_.values, depth)


def _check_depth(depth: int, offset: int) -> None:
    if depth >= MAX_NESTING:
        raise Fault(f"records are nested deeper than {MAX_NESTING}", offset)


def _promote(value: Any, written: str, wanted: str) -> Any:
    if written == wanted:
        return value
    if wanted in ("float", "double") and written in ("int", "long"):
        return float32(value) if wanted == "float" else float(value)
    if wanted == "bytes":
        return value.encode()
    return value.decode() if wanted == "string" else value
