"""Whether a reader reads what a writer wrote, and if not, every reason why.

findings = check('"long"', '"int"')  # reader, writer
compatible(findings)  # none of them is an error
"""

from __future__ import annotations

from collections.abc import Iterable

from avow.compat.engine import Engine
from avow.compat.incompatibility import Incompatibility
from avow.compat.same import Pruned, same
from avow.runtime.parse import parse, parse_text
from avow.runtime.schema import Array, Enum, Fixed, Json, Map, Primitive, Record, Type, Union
from avow.stack import room

__all__ = ["Incompatibility", "check", "compatible"]

_TYPES = (Record, Primitive, Array, Map, Union, Fixed, Enum)


def check(reader: Type | Json, writer: Type | Json, *, java_unions: bool = False) -> list[Incompatibility]:
    """Return everything that ``reader`` cannot read as ``writer`` wrote it, or reads as something else.

    Args:
        reader: A schema as JSON text, a primitive's name, parsed JSON, or the model of one.
        writer: The same.
        java_unions: Take the branch of a reader's union that Avro for Java takes.

    Raises:
        SchemaError: One of the two is no valid schema; a ValueError.
    """
    wanted, written = _model(reader), _model(writer)
    if same(written, wanted):
        return []
    try:
        return _found(wanted, written, java_unions)
    except RecursionError:
        with room():
            return _found(wanted, written, java_unions)


def _found(wanted: Type, written: Type, java_unions: bool) -> list[Incompatibility]:
    engine = Engine(written, wanted, java_unions)
    engine.visit(Pruned(written, wanted).plan(written, wanted))
    return engine.found


def compatible(findings: Iterable[Incompatibility]) -> bool:
    """Return whether none of the findings is an error."""
    return all(found.severity != "error" for found in findings)


def _model(schema: Type | Json) -> Type:
    if isinstance(schema, _TYPES):
        return schema
    return parse_text(schema) if isinstance(schema, (str, bytes)) else parse(schema)
