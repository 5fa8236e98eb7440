"""The history of the sample contracts: believable, all of it released, and read as the reference reads it."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from random import Random

import fastavro
import pytest
from tests.support.differential_data import data
from tests.support.inline import Json
from tests.support.project import REPOSITORY, avow_here, load_package

from avow import config, frozen
from avow.frozen import Version, identity
from avow.load.contracts import contracts_in
from avow.load.tree import load
from avow.runtime.canonical import inlined
from avow.runtime.schema import Record

PROJECT = config.find(REPOSITORY)
FROZEN = frozen.read(PROJECT)
CONTRACTS = contracts_in(load(PROJECT).schemas)
HISTORIES = {name: FROZEN.history(contract, CONTRACTS) for name, contract in CONTRACTS.items()}
OLDER = [
    (name, version)
    for name, history in HISTORIES.items()
    for version in (history.live if history else [])
    if version.identity != identity(CONTRACTS[name])
]


def test_all_is_released_and_fine() -> None:
    assert avow_here(REPOSITORY, "release", "--check").out == ""
    assert avow_here(REPOSITORY, "check").out == ""


def test_there_is_a_history() -> None:
    counts = Counter(len(history.versions) for history in HISTORIES.values() if history)
    assert sum(count for versions, count in counts.items() if 2 <= versions <= 5) >= 10, counts
    assert {kind for name in HISTORIES for kind in [CONTRACTS[name].props["contract"]["kind"]]} >= {"event", "command"}
    eras = [history for history in HISTORIES.values() if history and len({each.era for each in history.versions}) > 1]
    assert len(eras) > 0
    assert any(not version.is_live for history in HISTORIES.values() if history for version in history.versions)


@pytest.mark.parametrize(("name", "version"), OLDER, ids=[f"{name}@{version.number}" for name, version in OLDER])
def test_an_older_version_is_read_as_fastavro_reads_it(name: str, version: Version) -> None:
    contracts = load_package(REPOSITORY / "generated")
    history = HISTORIES[name]
    assert history is not None and history.latest is not None
    writer, reader = frozen.schema(PROJECT, version), CONTRACTS[name]
    head = b"\xc3\x01" + int(version.fingerprint, 16).to_bytes(8, "little")
    for value in data(writer, Random(version.number), 20):
        body = _written(_raw(writer), value)
        event = contracts.decode(head + body)
        if version.era == history.latest.era:
            theirs = fastavro.schemaless_reader(
                io.BytesIO(body), _raw(writer), _raw(reader), return_record_name=True, return_named_type=True
            )
            assert contracts.encode(event)[10:] == _written(_raw(reader), theirs)
        else:
            assert type(event).__avro__ == name


def _written(schema: Json, value: Json) -> bytes:
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, schema, value)
    return stream.getvalue()


def _raw(record: Record) -> Json:
    """A schema for fastavro, without logical types: what counts here is which bytes mean which."""
    return fastavro.parse_schema(_without(inlined(record)))


def _without(value: Json) -> Json:
    if isinstance(value, list):
        return [_without(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _without(item) for key, item in value.items() if key != "logicalType"}


def test_the_upcaster_keeps_all_that_the_old_shape_says() -> None:
    contracts = load_package(REPOSITORY / "generated")
    from importlib import import_module

    customers = import_module("contracts.customers")
    old = import_module("contracts.testing").sample(customers.CustomerAddressChangedEra1, street="1 High Street")
    lifted = import_module("contracts._upcasts.customers.CustomerAddressChanged").upcast(old)
    assert lifted.address.line_1 == "1 High Street"
    assert contracts.decode(contracts.encode(lifted)) == lifted
    assert (Path(REPOSITORY) / "schemas/customers/CustomerAddressChanged.upcast.py").is_file()
