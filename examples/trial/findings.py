"""Reads what a run has left: databases, mailbox, dead letters and the broker's counts."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from examples.trial.accounts import ACCEPTED, Found, Home
from examples.trial.listener import declined
from examples.trial.poison import buried
from examples.trial.postbox import handed_over
from examples.trial.stage import READERS, SERVICES, Stage, patiently


async def look(stage: Stage) -> Found:
    """Return what there is. Raises BrokerError."""
    sent = [
        await patiently(lambda name=name: stage.probe.count(f"communications.email-{name}"))  # type: ignore[misc]
        for name in ("sent", "bounced")
    ]
    again = [await patiently(lambda pair=pair: stage.probe.again(*pair)) for pair in READERS.items()]  # type: ignore[misc]
    return Found(
        answers=dict(_answers(stage)),
        customers={UUID(key): _home(version, json.loads(text)["address"]) for key, version, text in _customers(stage)},
        replica={UUID(key): _home(version, json.loads(text)) for key, version, text in _replica(stage)},
        quotes=[(UUID(customer), version, UUID(quote)) for customer, version, quote in _quotes(stage)],
        emails=[(UUID(customer), UUID(command), refused is not None) for customer, command, refused in _emails(stage)],
        mailbox=list(handed_over(stage.mailbox)),
        letters=await buried(stage.bus),
        outboxes={name: stage.count(name, "outbox") for name in SERVICES},
        waiting={
            channel: await patiently(lambda channel=channel: stage.probe.waiting(channel, READERS[channel]))  # type: ignore[misc]
            for channel in READERS
        },
        again=None if None in again else sum(filter(None, again)),
        sent=sum(sent),
        drops_repeats=not stage.server.url.startswith("kafka"),
        declined=await declined(stage),
    )


def _answers(stage: Stage) -> Any:
    query = "select command_id, answer from commands where command = 'ChangeAddress'"
    for command, text in stage.rows("portal", query):
        yield UUID(command), _answer(json.loads(text or "{}"))


def _answer(answer: dict[str, Any]) -> str:
    if "version" in answer:
        return ACCEPTED.format(answer["version"])
    return f"refused: {answer['reason']}" if "reason" in answer else "not answered"


def _customers(stage: Stage) -> list[Any]:
    return stage.rows("customers", "select customer_id, version, customer from customers")


def _replica(stage: Stage) -> list[Any]:
    return stage.rows("quoting", "select customer_id, version, address from replica")


def _quotes(stage: Stage) -> list[Any]:
    return stage.rows("quoting", "select customer_id, version, quote_id from quotes order by rowid")


def _emails(stage: Stage) -> list[Any]:
    return stage.rows("communications", "select customer_id, command_id, refused from emails order by rowid")


def _home(version: int, address: dict[str, Any]) -> Home:
    return version, address["line_1"], address["postcode"]
