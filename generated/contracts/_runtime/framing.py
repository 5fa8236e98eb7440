"""Framings: how a message says which schema wrote it.

Each has ``encode`` and ``decode``. They run generated code; whatever that refuses goes to the plain encoder or
the interpreter, which know every spelling and otherwise raise the error that says where and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, TypeVar, overload

from .errors import DecodeError, EncodeError, UnknownSchemaError
from .record import Record, Symbol
from .registry import Decoder, Encoder, Registry

T = TypeVar("T", bound=Record | Symbol)

Resolver: TypeAlias = Callable[[int], str | None]
"""Gives the text of a writer's schema by fingerprint or id, or None where it does not know it either."""

Writer: TypeAlias = "str | type[Record | Symbol]"
Schemas: TypeAlias = Mapping[int, Writer]
"""Gives by schema id a class of the package, whose schema of today wrote it, or a schema's text."""

MAGIC: Final = b"\xc3\x01"
HEADER_SIZE: Final = 10


class SingleObject:
    """Avro's single-object encoding: two marker bytes, the fingerprint of the writer's schema, the body.

    Source: Avro specification, "Single object encoding".
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._encoders = _Encoders(registry)
        self._decoders = _Decoders(registry)

    def encode(self, event: Record | Symbol) -> bytes:
        """Return an event as bytes. Raises EncodeError where a value does not fit its schema."""
        try:
            return self._encoders[type(event)](event)
        except Exception:
            return self._registry.header(self._registry.name_of_value(event)) + self._registry.reference.write(event)

    @overload
    def decode(self, data: bytes, cls: None = None, *, resolver: Resolver | None = None) -> Any: ...
    @overload
    def decode(self, data: bytes, cls: type[T], *, resolver: Resolver | None = None) -> T: ...
    def decode(self, data: bytes, cls: type[T] | None = None, *, resolver: Resolver | None = None) -> Any:
        """Return the event that ``data`` holds, as today's class of its schema, which must be ``cls`` if given.

        ``resolver`` is asked for the schema of a writer that the package does not know. Raises DecodeError for
        bytes that are no such event, and UnknownSchemaError, a kind of it, for an unknown writer.
        """
        if type(data) is not bytes:  # slices of other buffers would end up in the event
            data = _as_bytes(data)
        try:
            event = self._decoders[data[:HEADER_SIZE]](data, HEADER_SIZE)
        except Exception:
            event = self._slowly(data, cls, resolver)
        return event if cls is None or type(event) is cls else _refuse_class(self._registry, event, cls)

    def _slowly(self, data: bytes, cls: type | None, resolver: Resolver | None) -> Any:
        if len(data) < HEADER_SIZE or not data.startswith(MAGIC):
            reason = f"not a single-object message: it begins with {data[:2].hex() or 'nothing'}, not c301"
            if data.startswith(MAGIC):
                reason = f"{len(data)} of the header's {HEADER_SIZE} bytes are there"
            raise DecodeError("message", "", 0, reason) from None
        number = int.from_bytes(data[2:HEADER_SIZE], "little")
        name = self._registry.roots.get(number)
        if name is not None:
            return self._registry.reference.read(name, data, HEADER_SIZE)
        if number in self._registry.versions:
            return self._registry.versions.read(number, data, HEADER_SIZE)
        text = resolver(number) if resolver is not None else None
        what = f"fingerprint 0x{number:016x}"
        if text is None:
            asked = "no resolver was given" if resolver is None else "the resolver does not know it"
            raise UnknownSchemaError(what, f"no schema of the package has it, and {asked}") from None
        found = self._registry.reference.fingerprint(text)
        if found != number:
            raise UnknownSchemaError(what, f"the resolver gave a schema whose fingerprint is 0x{found:016x}") from None
        return self._registry.reference.read_foreign(text, data, HEADER_SIZE, cls)


class Confluent:
    """The wire format of Confluent's schema registry: a zero byte, the schema's id in four bytes, the body."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._encoders = _Encoders(registry)
        self._bodies = _Bodies(registry)

    def encode(self, event: Record | Symbol, schema_id: int) -> bytes:
        """Return an event as bytes under the id that the registry gave its schema.

        Raises EncodeError where a value does not fit its schema, or the id is not a whole number of 32 bits.
        """
        if type(schema_id) is not int or not 0 <= schema_id < 1 << 32:
            raise EncodeError("schema id", "", f"{schema_id!r} is not a whole number from 0 to 4294967295")
        head = b"\0" + schema_id.to_bytes(4, "big")
        try:
            return self._encoders[type(event)](event, head)
        except Exception:
            return head + self._registry.reference.write(event)

    @overload
    def decode(
        self, data: bytes, cls: None = None, *, schemas: Schemas | None = None, resolver: Resolver | None = None
    ) -> Any: ...
    @overload
    def decode(
        self, data: bytes, cls: type[T], *, schemas: Schemas | None = None, resolver: Resolver | None = None
    ) -> T: ...
    def decode(
        self,
        data: bytes,
        cls: type[T] | None = None,
        *,
        schemas: Schemas | None = None,
        resolver: Resolver | None = None,
    ) -> Any:
        """Return the event that ``data`` holds.

        ``schemas`` says what ids mean; ``resolver`` is asked for those that it does not have. Raises DecodeError,
        and UnknownSchemaError, a kind of it, for an id that neither knows.
        """
        data = _as_bytes(data)
        number = _schema_id(data)
        writer = schemas.get(number) if schemas is not None else None
        if writer is None and resolver is not None:
            writer = resolver(number)
        if writer is None:
            raise UnknownSchemaError(f"schema id {number}", "neither the given schemas nor a resolver know it")
        if isinstance(writer, str):
            event = self._registry.reference.read_foreign(writer, data, 5, cls)
        else:
            event = self._decode_own(writer, data)
        return event if cls is None or type(event) is cls else _refuse_class(self._registry, event, cls)

    def _decode_own(self, class_: type, data: bytes) -> Any:
        try:
            return self._bodies[class_](data, 5)
        except Exception:
            return self._registry.reference.read(self._registry.name_of(class_), data, 5)


def _schema_id(data: bytes) -> int:
    if len(data) >= 5 and data[0] == 0:
        return int.from_bytes(data[1:5], "big")
    if data[:1] == b"\0":
        reason = f"{len(data)} of the header's 5 bytes are there"
    else:
        reason = f"it begins with {data[:1].hex() or 'nothing'}, not 00"
    raise DecodeError("message", "", 0, f"not in Confluent's wire format: {reason}")


class Bare:
    """The body alone: reader and writer agree on the schema by other means."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._encoders = _Encoders(registry)
        self._bodies = _Bodies(registry)

    def encode(self, event: Record | Symbol) -> bytes:
        """Return an event as bytes. Raises EncodeError where a value does not fit its schema."""
        try:
            return self._encoders[type(event)](event, b"")
        except Exception:
            return self._registry.reference.write(event)

    def decode(self, data: bytes, cls: type[T], writer: str | None = None) -> T:
        """Return the value of ``cls`` that ``data`` holds, written by today's schema or by ``writer``, as text.

        Raises DecodeError.
        """
        if type(data) is not bytes:  # slices of other buffers would end up in the event
            data = _as_bytes(data)
        if writer is not None:
            foreign: T = self._registry.reference.read_foreign(writer, data, 0, cls)
            return foreign
        try:
            event: T = self._bodies[cls](data, 0)
        except Exception:
            return self._registry.reference.read(self._registry.name_of(cls), data, 0)  # type: ignore[no-any-return]
        return event


class _Encoders(dict[type, Encoder]):
    """Encoders by class, each looked up once."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    def __missing__(self, class_: type) -> Encoder:
        found = self[class_] = self._registry.encoder(class_)
        return found


class _Bodies(dict[type, Decoder]):
    """Decoders by class, each looked up once."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    def __missing__(self, class_: type) -> Decoder:
        found = self[class_] = self._registry.decoder(class_)
        return found


class _Decoders(dict[bytes, Decoder]):
    """Decoders by header; only those of known fingerprints are kept, so that no message can fill memory."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    def __missing__(self, head: bytes) -> Decoder:
        if not head.startswith(MAGIC) or len(head) != HEADER_SIZE:
            raise KeyError(head)
        found = self[head] = self._registry.decoder_of(int.from_bytes(head[2:], "little"))
        return found


def _as_bytes(data: Any) -> bytes:
    if isinstance(data, bytes):
        return data
    if isinstance(data, (bytearray, memoryview)):
        return bytes(data)
    raise DecodeError("message", "", None, f"expected bytes, got {type(data).__name__}")


def _refuse_class(registry: Registry, event: Any, class_: Any) -> Any:
    wanted = registry.name_of(class_)
    found = getattr(type(event), "__avro__", type(event).__name__)  # a fixed has none of its own
    raise DecodeError(wanted, "", None, f"the message is of type {found}")
