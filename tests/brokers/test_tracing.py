"""W3C trace context through every hop: handlers, what they send, and the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.support.brokers.world import World, running, scenario, until

HOPS = ("send orders.placed", "process orders.placed", "send orders.confirmed", "process orders.confirmed")
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield exporter
    provider.shutdown()


def chain(world: World, got: list[Any]) -> Any:
    """A service whose handler of one event sends the next."""
    from shop.orders import OrderConfirmed, OrderPlaced

    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def place(event: OrderPlaced) -> None:
        await bus.publish(OrderConfirmed(order=event.order, number=event.number))

    @bus.subscriber(OrderConfirmed)
    async def confirm(event: OrderConfirmed) -> None:
        got.append(event.number)

    return bus


def tree(spans: list[ReadableSpan]) -> list[str]:
    """Each span with those above it, less the name of the test."""
    by_id = {span.context.span_id: span for span in spans if span.context is not None}

    def path(span: ReadableSpan | None) -> list[str]:
        if span is None:
            return []
        parent = by_id.get(span.parent.span_id) if span.parent is not None else None
        operation, channel = span.name.split(" ")
        return [*path(parent), f"{operation} {channel.partition('.')[2]}"]

    return sorted(" > ".join(path(span)) for span in spans)


@scenario
async def test_each_hop_is_a_span_under_the_one_before(world: World, spans: InMemorySpanExporter) -> None:
    from shop.orders import OrderPlaced

    got: list[Any] = []
    async with running(bus := chain(world, got)):
        await bus.publish(OrderPlaced(order="a", number=1))
        await until(lambda: len(spans.get_finished_spans()) == 4)
    finished = list(spans.get_finished_spans())
    assert tree(finished) == [" > ".join(HOPS[:length]) for length in range(1, 5)]
    assert len({span.context.trace_id for span in finished if span.context is not None}) == 1
    [first] = [span for span in finished if span.name.startswith("send") and span.parent is None]
    attributes = dict(first.attributes or {})
    assert attributes.pop("messaging.message.id")
    assert attributes == {
        "messaging.operation.type": "send",
        "messaging.destination.name": world.channel("orders.placed"),
        "messaging.system": "kafka" if world.is_kafka else "nats",
        "cloudevents.event_type": "shop.orders.OrderPlaced",
    }


@scenario
async def test_an_error_of_a_handler_is_on_its_span(world: World, spans: InMemorySpanExporter) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    bus = world.bus("billing", retry=Retry(attempts=1))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        raise ValueError("no price")

    async with running(bus):
        await bus.publish(OrderPlaced(order="a", number=1))
        await until(lambda: len(spans.get_finished_spans()) == 2)
    [process] = [span for span in spans.get_finished_spans() if span.name.startswith("process")]
    assert not process.status.is_ok
    assert process.status.description == "ValueError: no price"


@scenario
async def test_the_outbox_keeps_the_context_of_who_put_a_message_there(
    world: World, spans: InMemorySpanExporter, tmp_path: Path
) -> None:
    from shop.integrations.outbox import Relay, connect
    from shop.orders import OrderPlaced

    got: list[Any] = []
    engine = connect(f"sqlite:///{tmp_path}/shop.db")
    outbox = world.outbox("web")
    with (
        trace.get_tracer_provider().get_tracer("web").start_as_current_span("POST web.orders"),
        engine.begin() as transaction,
    ):
        outbox.add(transaction, OrderPlaced(order="a", number=1))
    bus = chain(world, got)
    relay = Relay(engine, bus.send)
    async with running(bus):
        await relay.start()
        await until(lambda: len(spans.get_finished_spans()) == 7)
        await relay.stop()
    engine.dispose()
    hops = ["POST orders", "outbox orders.placed", *HOPS]
    assert tree(list(spans.get_finished_spans())) == [
        *(" > ".join(hops[:length]) for length in range(1, 7)),
        "POST orders > transaction db",
    ]


@scenario
async def test_without_opentelemetry_the_context_is_passed_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import shop
    from shop._runtime.integrations import tracing
    from shop.orders import OrderConfirmed, OrderPlaced

    monkeypatch.setattr(tracing, "_is_installed", False)
    seen: list[Any] = []
    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def place(event: OrderPlaced) -> None:
        await bus.publish(OrderConfirmed(order=event.order, number=event.number))

    @bus.subscriber(OrderConfirmed)
    async def confirm(event: OrderConfirmed) -> None:
        seen.append(tracing.context())

    headers = [(b"traceparent", PARENT.encode()), (b"tracestate", b"a=b")]
    world.server.put(world.channel("orders.placed"), 0, shop.encode(OrderPlaced(order="a", number=1)), headers)
    async with running(bus):
        await until(lambda: seen)
    assert seen == [{"traceparent": PARENT, "tracestate": "a=b"}]
