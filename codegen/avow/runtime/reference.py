"""The reference codec of a package: the plain encoder and the interpreter over its types.

It knows every spelling and says what is wrong and where; generated code asks it for what it refuses itself, and
for writers that turned up at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from .canonical import canonical_form, fingerprint, schema_text
from .errors import DecodeError, SchemaError, UnknownSchemaError
from .interpret import decode
from .parse import parse_text
from .record import Record, Symbol
from .resolution import Plan, resolve
from .schema import Named, Type, named_types
from .write import encode

if TYPE_CHECKING:
    from .registry import Decoder, Registry

K = TypeVar("K")
V = TypeVar("V")

_MAX_FOREIGN: Final = 256
"""Foreign schemas that are kept parsed, and plans that are kept; the oldest go first."""


class Reference:
    """Reads and writes by walking schemas; whatever was parsed or resolved is kept."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._schemas: dict[str, Named] = {}
        self._writers: dict[str, tuple[Type, int]] = {}
        self._plans: dict[tuple[str | None, str], Plan] = {}
        self._decoders: dict[tuple[str, str], tuple[int, Decoder] | None] = {}

    def schema(self, name: str) -> Named:
        """Return the schema of a type of the package by full name."""
        if name not in self._schemas:
            root = parse_text(self._registry.codec(name).SCHEMA)
            for full_name, type_ in named_types(root).items():
                self._schemas.setdefault(full_name, type_)
        return self._schemas[name]

    def write(self, value: Record | Symbol) -> bytes:
        """Return the bytes of a value. Raises EncodeError, which says where and why."""
        name = self._registry.name_of_value(value)
        return encode(self.schema(name), value, name, self._registry.class_of)

    def read(self, name: str, data: bytes, position: int) -> Any:
        """Return the value of a type that its own schema wrote. Raises DecodeError, which says where and why."""
        return decode(self._plan(None, name), data, position, name, self._registry.class_of)

    def read_as(self, writer: str, name: str, data: bytes, position: int) -> Any:
        """Return as a type of the package what a schema, given as text, wrote. Raises DecodeError."""
        return decode(self._plan(writer, name), data, position, name, self._registry.class_of)

    def read_foreign(self, writer: str, data: bytes, position: int, class_: type | None) -> Any:
        """Return what a writer wrote whose schema is given as text, as one of the package's classes.

        Without a class, the one of the same full name or alias is taken. A schema that the package knows is read
        by the code that it has for it. Raises DecodeError, and TypeError where ``class_`` is none of the package.
        """
        name = self._target(writer) if class_ is None else self._registry.name_of(class_)
        known = self._known(writer, name)
        if known is None:
            return self.read_as(writer, name, data, position)
        number, fast = known
        try:
            return fast(data, position)
        except Exception:
            if number in self._registry.roots:
                return self.read(name, data, position)
            return self._registry.versions.read(number, data, position)

    def _known(self, writer: str, name: str) -> tuple[int, Decoder] | None:
        """Return fingerprint and decoder of a text that is a schema of the package, to the last logical type."""
        key = (writer, name)
        if key not in self._decoders:
            type_, number = self._foreign(writer)
            is_known = self._text(number, name) == schema_text(type_)
            _keep(self._decoders, key, (number, self._registry.decoder_of(number)) if is_known else None)
        return self._decoders.get(key)

    def _text(self, number: int, name: str) -> str | None:
        """Return the schema that the package has for a fingerprint, if it is one of the type ``name``."""
        if self._registry.roots.get(number) == name:
            text: str = self._registry.codec(name).SCHEMA
            return text
        versions = self._registry.versions
        return versions.schema(number) if number in versions and versions.contract(number) == name else None

    def fingerprint(self, writer: str) -> int:
        """Return the fingerprint of a schema given as text. Raises UnknownSchemaError where it is not valid."""
        return self._foreign(writer)[1]

    def _foreign(self, text: str) -> tuple[Type, int]:
        """A writer's schema and its fingerprint. Raises TypeError where a resolver gave something else than text."""
        if not isinstance(text, str):
            raise TypeError(f"a writer's schema is text, got {type(text).__name__}")
        found = self._writers.get(text)
        if found is None:
            try:
                type_ = parse_text(text, defaults=False)
            except SchemaError as error:
                raise UnknownSchemaError("the writer's schema", f"not a valid schema: {_brief(error)}") from None
            found = (type_, fingerprint(canonical_form(type_)))
            _keep(self._writers, text, found)
        return found

    def _plan(self, writer: str | None, name: str) -> Plan:
        key = (writer, name)
        plan = self._plans.get(key)
        if plan is None:
            reader = self.schema(name)
            plan = resolve(reader if writer is None else self._foreign(writer)[0], reader)
            _keep(self._plans, key, plan)
        return plan

    def _target(self, writer: str) -> str:
        """The type that reads what a foreign schema wrote: of the same name, else with that name as an alias."""
        type_, number = self._foreign(writer)
        if number in self._registry.versions:
            return self._registry.versions.contract(number)
        written = getattr(type_, "name", type_.kind)
        if self._registry.has(written):
            return str(written)
        for name in self._registry.roots.values():
            if written in self.schema(name).aliases:
                return name
        reason = "no type of the package has this name or alias; give the class to read it as"
        raise DecodeError(str(written), "", None, reason)


def _brief(error: SchemaError) -> str:
    """The first problems of a schema: a hostile one can have more than anybody wants to read."""
    more = len(error.problems) - 3
    return "; ".join([*error.problems[:3], *([f"and {more} more"] if more > 0 else [])])


def _keep(known: dict[K, V], key: K, value: V) -> None:
    """Remember a value; of too many, the oldest go. Other threads may do the same meanwhile."""
    known[key] = value
    for oldest in list(known)[:-_MAX_FOREIGN]:
        known.pop(oldest, None)
