"""Plain JSON and examples over the types of one package, by class."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from .errors import DecodeError, EncodeError
from .plain_json import Dumper, Loader, dumper, loader
from .record import Record, Symbol
from .registry import Registry
from .sample import sample

T = TypeVar("T", bound=Record | Symbol)


class Plain:
    """JSON out and in, and samples; what is compiled for a type is kept."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._dumpers: dict[str, Dumper] = {}
        self._loaders: dict[str, Loader] = {}

    def to_json(self, event: Record | Symbol) -> str:
        """Return plain JSON for an event, for logs and fixtures; ``from_json`` reads it back.

        Raises EncodeError where a value does not fit its schema.
        """
        name = self._registry.name_of_value(event)
        found = self._dumpers.get(name)
        if found is None:
            found = self._dumpers[name] = dumper(self._registry.reference.schema(name), self._registry.class_of)
        return found(event, name)

    def from_json(self, cls: type[T], data: str | bytes) -> T:
        """Return the value of ``cls`` that plain JSON stands for; missing fields take their defaults.

        Raises DecodeError, with path, where it stands for none, and TypeError where ``cls`` is no generated class.
        """
        name = self._registry.name_of(cls)
        if not isinstance(data, (str, bytes)):
            raise DecodeError(name, "", None, f"expected JSON as str or bytes, got {type(data).__name__}")
        found = self._loaders.get(name)
        if found is None:
            found = self._loaders[name] = loader(self._registry.reference.schema(name), self._registry.class_of)
        value: T = found(data, name)
        return value

    def sample(self, cls: type[T], **changes: Any) -> T:
        """Return a valid example of ``cls``, the same each time, with ``changes`` to its fields.

        Raises EncodeError where the type admits no value, a field is unknown, or a change does not fit.
        """
        name = self._registry.name_of(cls)
        value: T = sample(self._registry.reference.schema(name), self._registry.class_of)
        if changes:
            self._check_names(name, cls, changes)
            value = msgspec.structs.replace(value, **changes)  # type: ignore[type-var]
            self._registry.reference.write(value)
        return value

    def _check_names(self, name: str, cls: type, changes: dict[str, Any]) -> None:
        fields = getattr(cls, "__struct_fields__", ())
        for change in changes:
            if change not in fields:
                raise EncodeError(name, "", f"no field {change!r}; it has {', '.join(fields) or 'none'}")
