"""What services make of what they should never get; how the integration does it is held in tests/brokers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from uuid import uuid4

import pytest
from examples.story.counts import insured, quotes
from examples.story.person import LEEDS
from examples.story.processes import REPOSITORY, until
from examples.story.story import Story
from tests.support.brokers.server import Server

import contracts
from contracts.customers import AddressChanged
from contracts.testing import sample

EVENT = contracts.encode(sample(AddressChanged))
POISON = {
    "customers.change-address": b"\xc3\x01" + b"\x07" * 8 + b"of a stranger",
    "customers.address-changed": EVENT[:-3],
    "quoting.quote-generated": EVENT,
    "communications.send-email": b"To whom it may concern",
}
PARTITIONS = 8


def dead_letters(story: Story) -> list[str]:
    """Return the reason of each."""
    command = [sys.executable, "-m", "contracts.integrations.faststream", "dead-letters"]
    told = {**os.environ, **story.told, "PYTHONPATH": str(REPOSITORY / "generated")}
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=True, timeout=60)
    return [line.split(maxsplit=1)[1] for line in done.stdout.splitlines() if line.startswith("  reason")]


def test_poison_is_put_aside_with_its_reason_and_the_story_goes_on(story: Story, server: Server) -> None:
    """On Kafka an instance has one consumer for its partitions, so there all eight wait one after the other."""
    [ada] = insured(story, 1)
    made, before = quotes(story), len(dead_letters(story))
    for channel, body in POISON.items():
        for partition in range(PARTITIONS):
            server.put(f"{story.told['CHANNEL_PREFIX']}{channel}", partition, body)
    ada.move(LEEDS)
    until(lambda: quotes(story) == made + 1, 120, "the story did not go on")
    until(lambda: len(dead_letters(story)) >= before + 5 * PARTITIONS, 30, "some are missing")
    kinds = [reason.partition(": ")[0] for reason in dead_letters(story)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "UnknownSchemaError": PARTITIONS,
        "DecodeError": 2 * PARTITIONS,
        "LookupError": 2 * PARTITIONS,  # of communications and of retention
    }
    assert "LookupError: the channel does not carry insurance.customers.AddressChanged" in dead_letters(story)


@pytest.mark.parametrize("size", [999_950, 10_000_000])
def test_what_no_broker_would_take_is_refused_before_anything_is_written(story: Story, size: int) -> None:
    form = {"address": {**LEEDS, "line_1": "x" * size}, "effective_on": "2027-01-01"}
    url = f"{story.services.url('portal')}/customers/{uuid4()}/address"
    found = story.services.http.post(url, content=json.dumps(form).encode())
    assert found.status_code == 413, found.text[:200]
    assert story.services.health("portal")["outbox"] == 0
