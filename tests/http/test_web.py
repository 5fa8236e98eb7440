"""The server of a service: how it is, and where it cannot listen."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx2
import pytest
from tests.support.brokers.world import scenario


async def asked(web: Any, path: str = "/health") -> httpx2.Response:
    await web.start()
    try:
        async with httpx2.AsyncClient() as http:
            return await http.get(f"http://127.0.0.1:{web.port}{path}")
    finally:
        await web.stop()


@scenario
async def test_it_says_how_the_service_is() -> None:
    from shop.integrations.http import IntegrationError, Web

    async def fine() -> None:
        """Nothing to show."""

    async def three() -> int:
        return 3

    async def broken() -> None:
        raise IntegrationError("no connection")

    found = await asked(Web("orders", 0, checks={"broker": fine, "outbox": three}))
    assert (found.status_code, found.json()) == (
        200,
        {"service": "orders", "status": "up", "broker": "ok", "outbox": 3},
    )
    found = await asked(Web("orders", 0, checks={"broker": broken, "outbox": three}))
    assert (found.status_code, found.json()) == (
        503,
        {"service": "orders", "status": "down", "broker": "no connection", "outbox": 3},
    )


@scenario
async def test_a_port_that_is_taken_is_an_error_that_says_so() -> None:
    from shop.integrations.http import IntegrationError, Web

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(IntegrationError) as caught:
            await Web("orders", port).start()
    assert str(caught.value) == f"cannot listen on 127.0.0.1:{port}: Address already in use"


@scenario
async def test_what_was_asked_is_answered_before_it_ends() -> None:
    from shop.integrations.http import Web
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, Response
    from starlette.routing import Route

    begun = asyncio.Event()

    async def slow(_: Request) -> Response:
        begun.set()
        await asyncio.sleep(0.3)
        return PlainTextResponse("done")

    web = Web("orders", 0, routes=[Route("/slow", slow)])
    await web.start()
    async with httpx2.AsyncClient() as http:
        asking = asyncio.create_task(http.get(f"http://127.0.0.1:{web.port}/slow"))
        await begun.wait()
        await web.stop()
        assert (await asking).text == "done"
