"""What the broker should hold, and how that differs from what it does. What is there is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from ..catalogue import Channel
from ..errors import UndeclaredError
from .transport import Transport, Wanted

_ESSENTIAL: Final = ("partitions", "in flight")
"""Settings without which messages would be out of order or lost."""


class Compared(Struct, frozen=True):
    """Something that should be there, and how it is; ``there`` is None where it is not."""

    wanted: Wanted
    there: dict[str, str | int] | None

    def differences(self) -> Iterator[tuple[str, str | int, str | int]]:
        """Yield each setting that differs: its name, how it is, how it should be."""
        for name, wanted in self.wanted.settings.items():
            there = (self.there or {}).get(name, wanted)
            is_enough = name == "replicas" and isinstance(there, int) and isinstance(wanted, int) and there >= wanted
            if there != wanted and not is_enough:
                yield name, there, wanted


async def compare(transport: Transport, wanted: Sequence[Wanted]) -> list[Compared]:
    """Return how what should be there is. Raises BrokerError."""
    return [Compared(each, await transport.found(each)) for each in wanted]


async def require(transport: Transport, channels: Sequence[Channel], hint: str, *, is_subscribed: bool = False) -> None:
    """See to it that channels can be used; makes durables, since a new subscriber changes nothing for others.

    Raises UndeclaredError where something has to be declared first, BrokerError.
    """
    wanted = transport.wanted(channels, channels if is_subscribed else [], 1)
    for found in await compare(transport, wanted):
        what = f"{found.wanted.kind} {found.wanted.name}"
        if found.there is None and found.wanted.kind == "durable":
            await transport.make(found.wanted)
        elif found.there is None:
            raise UndeclaredError(f"{what} is not there; run `{hint}`")
        for name, there, should in found.differences():
            if name in _ESSENTIAL:
                raise UndeclaredError(f"{what} has {name} {there}, and should have {should}; see `{hint}`")
