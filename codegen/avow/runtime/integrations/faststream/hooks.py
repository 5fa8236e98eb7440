"""What both of FastStream's brokers get from us: work before they start, and word before they stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

Options: TypeAlias = dict[str, Any]
"""Arguments of FastStream's brokers that don't depend on which it is."""


async def _nothing() -> None:
    """What there is to do before a start, unless somebody says otherwise."""


class Hooks:
    """What to call, whoever starts and stops a broker: FastStream's application, another server, or a test."""

    def __init__(self) -> None:
        self.before_start: Callable[[], Awaitable[None]] = _nothing
        self.before_stop: Callable[[], None] = lambda: None
        self.when_lost: Callable[[], None] = lambda: None
        """The connection was closed for good by the other side."""
