"""Queries over HTTP, between a real server and a real client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import httpx2
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.support.brokers.world import scenario

Handler = Callable[[Any], Awaitable[Any]]


def orders(package: str = "shop") -> Any:
    return import_module(f"{package}.orders")


@asynccontextmanager
async def served(handler: Handler, package: str = "shop") -> AsyncIterator[tuple[Any, str]]:
    """A service that answers GetOrder; yield its answers and where it is."""
    http = import_module(f"{package}.integrations.http")
    answers = http.Answers()
    answers.handler(orders(package).GetOrder)(handler)
    web = http.Web("orders", 0, routes=answers.routes)
    await web.start()
    try:
        yield answers, f"http://127.0.0.1:{web.port}"
    finally:
        await web.stop()


@asynccontextmanager
async def client(url: str, **options: Any) -> AsyncIterator[Any]:
    found = import_module("shop.integrations.http").Client(url, **options)
    try:
        yield found
    finally:
        await found.close()


async def length(query: Any) -> Any:
    """Answer with how long the order's name is."""
    return orders().GetOrderAnswer(number=len(query.order))


async def ask(url: str, order: str = "abc", **options: Any) -> Any:
    async with client(url, **options) as asking:
        return await asking.ask(orders().GetOrder(order=order), orders().GetOrderAnswer)


@scenario
async def test_a_query_is_answered_with_an_object() -> None:
    async with served(length) as (answers, url):
        assert await ask(url) == orders().GetOrderAnswer(number=3)
        assert await ask(url, "") == orders().GetOrderAnswer(number=0)
        assert answers.counts == {"shop.orders.GetOrder": 2}


@scenario
async def test_people_ask_in_json() -> None:
    json = {"content-type": "application/json; charset=utf-8"}
    async with served(length) as (_, url), httpx2.AsyncClient(base_url=url) as http:
        found = await http.post("/orders.get-order", content='{"order": "abcd"}', headers=json)
        assert (found.status_code, found.headers["content-type"], found.text) == (
            200,
            "application/json",
            '{"number":4}',
        )
        wrong = await http.post("/orders.get-order", content='{"order": 1}', headers=json)
        assert (wrong.status_code, wrong.text) == (400, "shop.orders.GetOrder.order: 1 is a number, not a string")


@scenario
async def test_an_answer_of_a_newer_version_is_read_as_ours() -> None:
    newer = orders("newer_shop")

    async def answer(query: Any) -> Any:
        return newer.GetOrderAnswer(number=len(query.order), gift=True)

    async with served(answer, "newer_shop") as (answers, url), client(url) as asking:
        for _ in range(2):  # the second time, its schema is known
            found = await asking.ask(orders().GetOrder(order="abc"), orders().GetOrderAnswer)
            assert found == orders().GetOrderAnswer(number=3)
        assert answers.counts["shop.orders.GetOrder"] == 2


@scenario
async def test_what_is_no_query_is_refused_with_a_reason() -> None:
    import shop

    placed = shop.encode(orders().OrderPlaced(order="a", number=1))
    cases = [
        ("/orders.get-order", b"", 400, "byte 0"),
        ("/orders.get-order", placed, 400, "shop.orders.OrderPlaced"),
        ("/orders.get-order", shop.encode(orders().GetOrder(order="a"))[:-1], 400, "shop.orders.GetOrder.order"),
        ("/orders.get-order", b"x" * 1_000_001, 413, "more than 1000000 bytes"),
        ("/orders", b"", 404, "Not Found"),
    ]
    async with served(length) as (answers, url), httpx2.AsyncClient(base_url=url) as http:
        for path, body, status, text in cases:
            found = await http.post(path, content=body, headers={"content-type": "application/avro"})
            assert found.status_code == status
            assert text in found.text
        assert (await http.get("/orders.get-order")).status_code == 405
        assert (await http.get("/schemas/0000000000000000")).status_code == 404
        assert (await http.get("/schemas/nothing")).status_code == 404
        assert not answers.counts


async def _fail(error: Exception) -> Any:
    raise error


@scenario
async def test_a_service_with_a_failure_of_its_own_is_unavailable(caplog: pytest.LogCaptureFixture) -> None:
    from shop.integrations.http import UnavailableError
    from shop.integrations.outbox import DatabaseError

    async with served(lambda _: _fail(DatabaseError("locked"))) as (_, url):
        with pytest.raises(UnavailableError) as caught:
            await ask(url)
    assert str(caught.value) == f"{url}/orders.get-order: 503 not now"
    assert "shop.orders.GetOrder cannot be answered now: locked" in caplog.text
    async with served(lambda _: _fail(RuntimeError("a mistake"))) as (_, url):
        with pytest.raises(UnavailableError) as caught:
            await ask(url)
    assert str(caught.value) == f"{url}/orders.get-order: 500 Internal Server Error"


@scenario
async def test_a_service_that_is_not_there_or_slow_is_unavailable() -> None:
    from shop.integrations.http import UnavailableError

    async def slow(query: Any) -> Any:
        await asyncio.sleep(1)
        return await length(query)

    async with served(slow) as (_, url):
        with pytest.raises(UnavailableError) as caught:
            await ask(url, timeout=0.5)
        assert str(caught.value).startswith(f"{url}/orders.get-order: ReadTimeout")
    with pytest.raises(UnavailableError) as caught:
        await ask(url)
    assert str(caught.value).startswith(f"{url}/orders.get-order: ConnectError")


@scenario
async def test_a_service_that_speaks_of_something_else_refuses() -> None:
    from shop.integrations.http import RefusedError

    async def something_else(query: Any) -> Any:
        return orders().Note(text="hello")

    async with served(something_else) as (_, url):
        with pytest.raises(RefusedError) as caught:
            await ask(url)
        said = "shop.orders.GetOrderAnswer: the message is of type shop.orders.Note"
        assert str(caught.value) == f"{url}: {said}"
    async with served(length) as (_, url):
        with pytest.raises(RefusedError) as caught:
            await ask(f"{url}/elsewhere")
        assert str(caught.value) == f"{url}/elsewhere/orders.get-order: 404 Not Found"


def test_what_is_no_query_cannot_be_asked() -> None:
    from shop.integrations.http import Answers, NoChannelError

    said = 'shop.orders.OrderPlaced cannot be asked: it is no query whose "contract" has a "channel"'
    with pytest.raises(NoChannelError) as caught:
        Answers().handler(orders().OrderPlaced)
    assert str(caught.value) == said


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    from shop._runtime.integrations import tracing

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    tracing.look()
    yield exporter
    monkeypatch.undo()
    tracing.look()
    provider.shutdown()


@scenario
async def test_both_sides_are_in_one_trace(spans: InMemorySpanExporter) -> None:
    async with served(length) as (_, url):
        await ask(url)
        async with httpx2.AsyncClient() as http:
            await http.post(f"{url}/orders.get-order", content=b"", headers={"content-type": "application/avro"})
    server, client, refused = spans.get_finished_spans()
    assert server.parent is not None
    assert client.context is not None
    assert server.parent.span_id == client.context.span_id
    assert (client.name, client.kind.name) == ("POST /orders.get-order", "CLIENT")
    assert (server.name, server.kind.name) == ("POST /orders.get-order", "SERVER")
    assert dict(server.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": "/orders.get-order",
        "http.response.status_code": 200,
        "cloudevents.event_type": "shop.orders.GetOrder",
    }
    assert dict(client.attributes or {}) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "server.address": "127.0.0.1",
        "server.port": int(url.rpartition(":")[2]),
        "cloudevents.event_type": "shop.orders.GetOrder",
    }
    assert (refused.attributes or {})["http.response.status_code"] == 400
