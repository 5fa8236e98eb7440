"""Decoders of what older versions of contracts wrote, straight into today's classes.

Versions of an older era are read into the class of that era and then lifted by the contract's upcasters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import DecodeError
from .record import Record

if TYPE_CHECKING:
    from .registry import Decoder, Registry

Row: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""Full name of the contract and of the type that is read, module of the decoder, functions as ``module:function``."""


class Versions:
    """The older versions of one generated package, by the fingerprint of their schemas."""

    def __init__(self, registry: Registry, rows: dict[int, Row]) -> None:
        self._registry = registry
        self._rows = rows
        self._lifts: dict[int, Callable[[Record], Record]] = {}

    def __contains__(self, number: object) -> bool:
        return number in self._rows

    def contract(self, number: int) -> str:
        """Return the full name of the contract of a version."""
        return self._rows[number][0]

    def schema(self, number: int) -> str:
        """Return the text of a version's schema."""
        text: str = self._registry.load(self._rows[number][2]).SCHEMA
        return text

    def decoder(self, number: int) -> Decoder:
        """Return the function that decodes a version, from a position on; it raises anything for what is unusual."""
        contract, reader, module, _ = self._rows[number]
        fast: Decoder = self._registry.load(module).decode
        if reader == contract:
            return fast
        return lambda data, position: self._lift(number)(fast(data, position))

    def read(self, number: int, data: bytes, position: int) -> Any:
        """Return what a version wrote. Raises DecodeError, which says where and why."""
        contract, reader, _, _ = self._rows[number]
        value = self._registry.reference.read_as(self.schema(number), reader, data, position)
        return value if reader == contract else self._lift(number)(value)

    def _lift(self, number: int) -> Callable[[Record], Record]:
        """Return what lifts a value of an older era; both raise DecodeError."""
        found = self._lifts.get(number)
        if found is None:
            found = self._lifts[number] = self._lifting(number)
        return found

    def _lifting(self, number: int) -> Callable[[Record], Record]:
        contract, reader, _, names = self._rows[number]
        if not names:
            raise DecodeError(contract, "", None, f"it was written in an older era, and nothing lifts {reader}") from None
        functions = [self._function(name) for name in names]
        class_ = self._registry.class_of(contract)

        def lift(value: Record) -> Record:
            for function in functions:
                value = _applied(contract, function, value)
            if type(value) is not class_:
                raise DecodeError(contract, "", None, f"its upcasters return {type(value).__name__}") from None
            return value

        return lift

    def _function(self, name: str) -> Callable[[Record], Record]:
        module, _, function = name.partition(":")
        found: Callable[[Record], Record] = getattr(self._registry.load(module), function)
        return found


def _applied(contract: str, function: Callable[[Record], Record], value: Record) -> Record:
    try:
        return function(value)
    except Exception as error:
        reason = f"the upcaster {function.__name__} failed: {type(error).__name__}: {error}"
        raise DecodeError(contract, "", None, reason) from error
