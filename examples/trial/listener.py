"""Somebody who hears of the quotes that are not made: a service of its own to the broker, which comes when all is over.

No service of the story wants to know it, and an event is sent whoever listens: it waits on its channel.
"""

from __future__ import annotations

from contracts.integrations.faststream import Bus, Received
from contracts.quoting import QuoteDeclined
from examples.trial.accounts import DECLINED
from examples.trial.stage import Stage, patiently, until

_CHANNEL, _SERVICE = "quoting.quote-declined", "listener"
_SECONDS = 60.0


async def declined(stage: Stage) -> list[str]:
    """Return what it is told, each message once by its id. Raises RuntimeError where something is not told."""
    heard: dict[str, str] = {}
    bus = Bus(stage.server.url, service=_SERVICE, logger=None)

    @bus.subscriber(QuoteDeclined)
    async def hear(event: QuoteDeclined, received: Received) -> None:
        heard[received.id] = DECLINED.format(event.quote_id, event.customer_id, event.reason.value)

    async def is_done() -> bool:
        return not await patiently(lambda: stage.probe.waiting(_CHANNEL, _SERVICE))

    await bus.broker.start()
    try:
        await until(is_done, _SECONDS, f"{_CHANNEL}: not everything reaches who listens")
    finally:
        await bus.broker.stop()
    return list(heard.values())
