"""A service from its first line to its end by SIGTERM, one way for all."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from ..errors import IntegrationError
from . import logs, traces
from .settings import Settings, read

S = TypeVar("S", bound=Settings)

log = logging.getLogger(__name__)


class Part(Protocol):
    """What runs beside the handlers of a service, such as a relay or a server."""

    async def start(self) -> None:
        """Begin."""
        ...

    async def stop(self) -> None:
        """End, with what is in hand done."""
        ...


class Runs(Protocol):
    """What takes messages, such as a ``Bus``."""

    def run(self, **options: Any) -> None:
        """Serve until SIGTERM."""
        ...


class Service(Struct, frozen=True):
    """What a service is made of.

    ``before`` starts before the broker is reached and stops last, as a server that says how the service is;
    ``beside`` starts when messages flow, and stops before they no longer do, as a relay; ``after`` is called when all
    have stopped, to close what was opened.
    """

    name: str
    bus: Runs
    before: Sequence[Part] = ()
    beside: Sequence[Part] = ()
    after: Sequence[Callable[[], Any]] = ()


def run(program: str, kind: type[S], build: Callable[[S], Service]) -> None:
    """Read the settings, build a service, and serve until SIGTERM or SIGINT.

    Exit codes: 0 it was asked to end; 1 its broker, its database or its port cannot be used, with one line that says
    why; 2 its settings cannot be.
    """
    settings = read(kind, program, os.environ, sys.argv[1:])
    name = program.rpartition(".")[2]
    logs.set_up(name, settings.log_level)
    flush = traces.set_up(name)
    try:
        service = build(settings)
    except IntegrationError as error:
        sys.exit(f"{name}: {error}")
    try:
        service.bus.run(
            logger=None,
            on_startup=[part.start for part in service.before],
            after_startup=[*(part.start for part in service.beside), lambda: log.info("ready")],
            on_shutdown=[part.stop for part in reversed(service.beside)],
            after_shutdown=[*(part.stop for part in reversed(service.before)), *service.after],
        )
        log.info("ended")
    finally:
        flush()
