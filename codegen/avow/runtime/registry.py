"""What a generated package knows of itself: classes by full name, schemas, and codecs, each loaded when used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, Final, TypeAlias, TypeVar

from .canonical import canonical_form, fingerprint
from .errors import DecodeError, EncodeError, SchemaError, UnknownSchemaError
from .interpret import decode
from .parse import parse_text
from .record import Record, Symbol
from .resolution import Plan, resolve
from .schema import Named, Type, named_types
from .write import encode

Encoder: TypeAlias = Callable[..., bytes]
Decoder: TypeAlias = Callable[[bytes, int], Any]

_MAX_FOREIGN: Final = 256
"""Foreign schemas that are kept parsed, and plans that are kept; the oldest go first."""

K = TypeVar("K")
V = TypeVar("V")


class Registry:
    """The types and codecs of one generated package.

    ``types`` gives for each full name the module and class, the codec's module, and the outermost definition
    around it; ``roots`` gives full names by fingerprint.
    """

    def __init__(self, package: str, types: dict[str, tuple[str, str, str, str]], roots: dict[int, str]) -> None:
        self.roots = roots
        self._package = package
        self._types = types
        self._classes: dict[str, Any] = {}
        self._schemas: dict[str, Named] = {}
        self._writers: dict[str, tuple[Type, int]] = {}
        self._plans: dict[tuple[str, str], Plan] = {}

    def class_of(self, name: str) -> Any:
        """Return the class of a record or an enum by full name; KeyError where the package has none."""
        found = self._classes.get(name)
        if found is None:
            module, class_name, _, _ = self._types[name]
            found = self._classes[name] = getattr(self._load(module), class_name)
        return found

    def name_of(self, class_: Any) -> str:
        """Return the full name of a generated class. Raises TypeError for anything else."""
        name = getattr(class_, "__avro__", "")
        if name not in self._types or self.class_of(name) is not class_:
            shown = class_.__qualname__ if isinstance(class_, type) else repr(class_)[:60]
            raise TypeError(f"{shown} is no class of {self._package}")
        return str(name)

    def name_of_value(self, value: Any) -> str:
        """Return the full name of a value's class. Raises EncodeError for what is no value of a generated class."""
        try:
            return self.name_of(type(value))
        except TypeError as error:
            raise EncodeError(type(value).__name__, "", str(error)) from None

    def schema(self, name: str) -> Named:
        """Return the schema of a type by full name."""
        if name not in self._schemas:
            root = parse_text(self.codec(name).SCHEMA)
            for full_name, type_ in named_types(root).items():
                self._schemas.setdefault(full_name, type_)
        return self._schemas[name]

    def codec(self, name: str) -> ModuleType:
        """Return the codec module of the outermost definition around a type."""
        return self._load(self._types[name][2])

    def encoder(self, class_: type) -> Encoder:
        """Return the function that encodes instances of a class, with a header in front."""
        name = self.name_of(class_)
        if self._types[name][3] == name and issubclass(class_, Record):
            fast: Encoder = self.codec(name).encode
            return fast

        def plain(value: Record | Symbol, head: bytes | None = None) -> bytes:
            return (self.header(name) if head is None else head) + self.write(value)

        return plain

    def decoder(self, class_: type) -> Decoder:
        """Return the function that decodes what today's schema of a class wrote, from a position on."""
        name = self.name_of(class_)
        if self._types[name][3] == name and issubclass(class_, Record):
            fast: Decoder = self.codec(name).decode
            return fast

        def plain(data: bytes, position: int = 0) -> Any:
            return self.read(name, data, position)

        return plain

    def header(self, name: str) -> bytes:
        """Return the header of a type's single-object messages. Raises EncodeError for one inside another."""
        if self._types[name][3] != name:
            raise EncodeError(name, "", "it is defined inside another type and has no fingerprint; use framing.bare")
        head: bytes = self.codec(name).HEAD
        return head

    def write(self, value: Record | Symbol) -> bytes:
        """Return the bytes of a value by the plain encoder. Raises EncodeError, which says where and why."""
        name = self.name_of_value(value)
        return encode(self.schema(name), value, name, self.class_of)

    def read(self, name: str, data: bytes, position: int) -> Any:
        """Return the value of a type by the interpreter. Raises DecodeError, which says where and why."""
        return decode(self._plan("", name), data, position, name, self.class_of)

    def read_foreign(self, writer: str, data: bytes, position: int, class_: type | None) -> Any:
        """Return what a writer wrote whose schema this package does not hold, as one of its classes.

        ``writer`` is the schema's text. Without a class, the one of the same full name or alias is taken.
        Raises DecodeError.
        """
        name = self._target(writer) if class_ is None else self.name_of(class_)
        return decode(self._plan(writer, name), data, position, name, self.class_of)

    def foreign_fingerprint(self, writer: str) -> int:
        """Return the fingerprint of a schema given as text. Raises UnknownSchemaError where it is not valid."""
        return self._foreign(writer)[1]

    def _foreign(self, text: str) -> tuple[Type, int]:
        """A writer's schema and its fingerprint, parsed once as long as there are not too many."""
        found = self._writers.get(text)
        if found is None:
            try:
                type_ = parse_text(text)
            except SchemaError as error:
                raise UnknownSchemaError("the writer's schema", f"not a valid schema: {error}") from None
            found = (type_, fingerprint(canonical_form(type_)))
            _keep(self._writers, text, found)
        return found

    def _plan(self, writer: str, name: str) -> Plan:
        key = (writer, name)
        plan = self._plans.get(key)
        if plan is None:
            reader = self.schema(name)
            plan = resolve(self._foreign(writer)[0] if writer else reader, reader)
            _keep(self._plans, key, plan)
        return plan

    def _target(self, writer: str) -> str:
        """The type that reads what a foreign schema wrote: of the same name, else with that name as an alias."""
        type_ = self._foreign(writer)[0]
        written = getattr(type_, "name", type_.kind)
        if written in self._types:
            return str(written)
        for name in self.roots.values():
            if written in self.schema(name).aliases:
                return name
        reason = f"no type of {self._package} has this name or alias; give the class to read it as"
        raise DecodeError(str(written), "", None, reason)

    def _load(self, module: str) -> ModuleType:
        return import_module(f"{self._package}.{module}")


def _keep(known: dict[K, V], key: K, value: V) -> None:
    """Remember a value; of too many, the oldest goes."""
    known[key] = value
    if len(known) > _MAX_FOREIGN:
        known.pop(next(iter(known)), None)
