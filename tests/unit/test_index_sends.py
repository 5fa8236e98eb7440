"""Which calls send an event: by default, and by what the settings list."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.usage import index_of, project_at, write_project

EVENT = "from contracts.parcels import ParcelReturned\n"
SENDS = '["company.bus.put_event", "bus.fire", "consumers.own.app.Bus.fire", "*.out.push", "company.bus.Bus.*"]'

# service: its code, and the lines that send
CODE = {
    # without a setting
    "ours": ("from contracts.integrations.kafka import publish\ndef f(e: ParcelReturned):\n    publish(e)\n", [4]),
    "ours_by_module": (
        "import contracts.integrations.kafka as k\ndef f(e: ParcelReturned):\n    k.publish(e)\n    k.close(e)\n",
        [4],
    ),
    "outbox": ("from contracts.integrations import outbox\ndef f(s, e: ParcelReturned):\n    outbox.emit(s, e)\n", [4]),
    "ours_by_class": (
        "from contracts.integrations.kafka import Publisher\ndef f(p: Publisher, e: ParcelReturned):\n"
        "    p.publish(e)\n",
        [4],
    ),
    "broker": ("import kafka\ndef f(p: kafka.KafkaProducer, e: ParcelReturned):\n    p.send('topic', e)\n", [4]),
    "no_broker": ("def f(p, e: ParcelReturned):\n    p.send('topic', e)\n", []),
    "decorator": (
        "from faststream.kafka import KafkaBroker\nbroker = KafkaBroker()\n@broker.publisher('out')\n"
        "def f(e) -> ParcelReturned:\n    ...\n",
        [5],
    ),
    # by the setting: a function of a library that is not there, imported or reached in any way
    "function": ("from company.bus import put_event as put\ndef f(e: ParcelReturned):\n    put(e)\n", [4]),
    "module": ("import company.bus\ndef f(e: ParcelReturned):\n    company.bus.put_event(e)\n", [4]),
    "method": ("from company.bus import Bus\ndef f(b: Bus, e: ParcelReturned):\n    b.anything(e)\n", [4]),
    "made": ("from company import bus\ndef f(e: ParcelReturned):\n    bus.Bus().anything(e)\n", [4]),
    # by how it is written, where nothing is known of it
    "written": ("def f(bus, e: ParcelReturned):\n    bus.fire(e)\n    e.bus.water(e)\n", [3]),
    "written_long": ("class F:\n    def f(self, e: ParcelReturned):\n        self.out.push(e)\n", [4]),
    # a method of the service's own
    "own": ("class Bus:\n    def fire(self, e): ...\ndef f(b: Bus, e: ParcelReturned):\n    b.fire(e)\n", [5]),
    "not_own": ("class Bus:\n    def fire(self, e): ...\ndef f(b: Bus, e: ParcelReturned):\n    b.fire(e)\n", []),
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    root: Path = tmp_path_factory.mktemp("sends")
    files = {f"consumers/{service}/app.py": EVENT + code for service, (code, _) in CODE.items()}
    write_project(root, files, f"sends = {SENDS}")
    facts = [fact for fact in index_of(project_at(root)).facts if fact.kind == "send"]
    return {service: [fact.line for fact in facts if fact.service == service] for service in CODE}


@pytest.mark.parametrize("service", CODE)
def test_what_sends(service: str, sent: dict[str, list[int]]) -> None:
    assert sent[service] == CODE[service][1]
