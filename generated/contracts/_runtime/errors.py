"""The errors that users of generated classes meet."""

from __future__ import annotations

from typing import Any


class AvroError(ValueError):
    """Base of every error that a generated package raises on purpose."""


class EncodeError(AvroError):
    """A value does not fit its schema.

    Attributes:
        path: where in the value, such as ``lines[3].amount``; empty for the value itself.
        reason: what was found and what is expected there.
    """

    def __init__(self, type_name: str, path: str, reason: str) -> None:
        self.type_name = type_name
        self.path = path
        self.reason = reason
        super().__init__(f"{type_name}{_at(path)}: {reason}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.type_name, self.path, self.reason)


class DecodeError(AvroError):
    """Bytes are not a value of the schema that they claim to be.

    Attributes:
        path: where in the value, such as ``lines[3].amount``; empty for the value itself.
        offset: where in the bytes, counted from 0; None where no single byte is at fault.
        reason: what was found and what is expected there.
    """

    def __init__(self, type_name: str, path: str, offset: int | None, reason: str) -> None:
        self.type_name = type_name
        self.path = path
        self.offset = offset
        self.reason = reason
        place = "" if offset is None else f" (byte {offset})"
        super().__init__(f"{type_name}{_at(path)}{place}: {reason}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.type_name, self.path, self.offset, self.reason)


class UnknownSchemaError(DecodeError):
    """A message names a writer's schema, by fingerprint or id, that nobody here knows."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, "", None, reason)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.type_name, self.reason)


class SchemaError(AvroError):
    """A schema is not valid Avro; ``problems`` lists every fault found in it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


def _at(path: str) -> str:
    if not path:
        return ""
    return path if path.startswith("[") else f".{path}"
