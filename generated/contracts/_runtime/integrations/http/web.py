"""The server of a service, in its own process and loop: its routes, and whether it is well."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..errors import IntegrationError
from .spans import traced

_GRACE: Final = 5
"""Seconds that requests have to end in."""


class Web:
    """Serves HTTP while a service runs.

    ``GET /health`` is answered with 200 where all is well, and with 503 and the reason where something is not.

    Args:
        service: The name of the service.
        port: Where to listen; 0 takes any that is free.
        host: The address to listen on.
        routes: What the service answers; each request is a span.
        checks: What has to work, by name: each returns something to show, or None, or raises an IntegrationError.
    """

    def __init__(
        self,
        service: str,
        port: int,
        *,
        host: str = "127.0.0.1",
        routes: Sequence[Route] = (),
        checks: Mapping[str, Callable[[], Awaitable[Any]]] | None = None,
    ) -> None:
        self._service = service
        self._host = host
        self.port = port
        self._checks = checks or {}
        own = [Route(each.path, traced(each.path, each.endpoint), methods=list(each.methods or ())) for each in routes]
        self.application = Starlette(routes=[Route("/health", self._health), *own])
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen. Raises IntegrationError where that cannot be."""
        listener = self._listen()
        config = uvicorn.Config(
            self.application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=_GRACE
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve([listener]))
        while not self._server.started and not self._serving.done():
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Answer what has been asked, and close."""
        if self._serving is not None:
            self._server.should_exit = True
            await self._serving
            self._serving = None

    def _listen(self) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self.port))
        except OSError as error:
            listener.close()
            raise IntegrationError(f"cannot listen on {self._host}:{self.port}: {error.strerror or error}") from None
        self.port = listener.getsockname()[1]
        return listener

    async def _health(self, _: Request) -> Response:
        found = dict(zip(self._checks, await asyncio.gather(*map(_look, self._checks.values())), strict=True))
        is_well = not any(isinstance(each, IntegrationError) for each in found.values())
        said = {name: str(each) if isinstance(each, IntegrationError) else each for name, each in found.items()}
        status = "up" if is_well else "down"
        return JSONResponse({"service": self._service, "status": status, **said}, 200 if is_well else 503)


async def _look(check: Callable[[], Awaitable[Any]]) -> Any:
    try:
        found = await check()
    except IntegrationError as error:
        return error
    return "ok" if found is None else found


class _Server(uvicorn.Server):
    """Leaves signals to the service: it ends by them, and with 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing."""
        yield
