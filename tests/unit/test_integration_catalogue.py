"""How contracts travel: keys as text, channels of several contracts, limits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from tests.support.build import record
from tests.support.generated import Generated, generate
from tests.support.project import make_project

from avow.runtime.integrations.catalogue import Catalogue, Channel, fingerprint_of
from avow.runtime.integrations.errors import NoChannelError, TooLargeError

COLOUR = {"type": "enum", "name": "shop.Colour", "symbols": ["RED", "mro"]}
CONTRACT = {"kind": "event", "channel": "things", "partitions": 2, "retention": "P1D"}
THING = record(
    "shop.Thing",
    ("text", "string"),
    ("number", "long"),
    ("id", {"type": "string", "logicalType": "uuid"}),
    ("raw", "bytes"),
    ("colour", COLOUR),
    ("class", ["null", record("shop.Part", ("def", "string"))], None),
    contract={**CONTRACT, "key": "text"},
)


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = make_project(
        tmp_path_factory.mktemp("things"), {"Thing.avsc": THING}, 'namespace = "shop"\npackage = "things"'
    )
    assert generate(root).findings == []
    return Generated(root, "things")


def catalogue(things: Any, *key: str, **rows: tuple[str, tuple[str, ...], int, int]) -> Catalogue:
    found = rows or {"shop.Thing": ("things", key, 2, 86400)}
    return Catalogue(things.registry, things._module("_api").single_object, found)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (("text",), "a b"),
        (("number",), "-7"),
        (("id",), "f3b1a1de-8c52-4f7e-9b8f-61f0a6f1f9d5"),
        (("raw",), "00ff"),
        (("colour",), "mro"),
        (("class_", "def_"), "inside"),
        ((), None),
    ],
)
def test_a_key_is_text(things: Any, key: tuple[str, ...], text: str | None) -> None:
    api = things.package.root_
    thing = api.Thing(
        text="a b",
        number=-7,
        id=UUID("f3b1a1de-8c52-4f7e-9b8f-61f0a6f1f9d5"),
        raw=b"\0\xff",
        colour=api.Colour("mro"),
        class_=api.Part(def_="inside"),
    )
    assert catalogue(things, *key).key_of("shop.Thing", thing) == text


def test_what_is_missing_on_the_way_to_the_key_makes_no_key(things: Any) -> None:
    api = things.package.root_
    thing = api.Thing(text="", number=1, id=UUID(int=0), raw=b"", colour=api.Colour.RED)
    assert catalogue(things, "class_", "def_").key_of("shop.Thing", thing) is None


def test_a_key_that_leads_nowhere_is_named(things: Any) -> None:
    api = things.package.root_
    thing = api.Thing(text="", number=1, id=UUID(int=0), raw=b"", colour=api.Colour.RED)
    with pytest.raises(NoChannelError) as caught:
        catalogue(things, "lost").key_of("shop.Thing", thing)
    assert str(caught.value) == "shop.Thing: its key leads nowhere: 'Thing' object has no attribute 'lost'"


def test_a_channel_keeps_messages_as_long_as_any_of_its_contracts_asks(things: Any) -> None:
    week, day, ever = (("c", (), 4, seconds) for seconds in (604800, 86400, 0))
    assert catalogue(things, A=week, B=day).channels == {"c": Channel("c", 4, 604800)}
    assert catalogue(things, A=week, B=ever).channels == {"c": Channel("c", 4, 0)}
    assert catalogue(things, A=week, B=day).names_on("c") == {"A", "B"}


def test_a_channel_cannot_have_two_numbers_of_partitions(things: Any) -> None:
    with pytest.raises(NoChannelError) as caught:
        catalogue(things, A=("c", (), 4, 1), B=("c", (), 8, 1))
    assert str(caught.value) == 'B: its channel "c" has 4 partitions by another contract, and 8 by this one'


def test_the_limit_counts_the_body(things: Any) -> None:
    api = things.package.root_
    found = catalogue(things)

    def thing(size: int) -> Any:
        return api.Thing(text="", number=1, id=UUID(int=0), raw=b"x" * size, colour=api.Colour.RED)

    least = len(found.encode(thing(100_000))[1]) - 100_000
    name, body = found.encode(thing(1_000_000 - least))
    assert (name, len(body)) == ("shop.Thing", 1_000_000)
    assert found.name_in(body) == "shop.Thing"
    with pytest.raises(TooLargeError) as caught:
        found.encode(thing(1_000_001 - least))
    assert str(caught.value) == "shop.Thing: 1000001 bytes, and brokers take 1000000"


@pytest.mark.parametrize("body", [b"", b"\xc3\x01", b"\xc3\x01" + b"x" * 7, b"{" * 20])
def test_what_has_no_header_has_no_fingerprint(things: Any, body: bytes) -> None:
    assert fingerprint_of(body) is None
    assert catalogue(things).name_in(body) is None


def test_a_prefix_begins_every_channel(things: Any) -> None:
    found = catalogue(things, A=("c", (), 4, 1), B=("c.d", (), 8, 2))
    staging = found.under("staging.eu-")
    assert staging.channels == {
        "staging.eu-c": Channel("staging.eu-c", 4, 1),
        "staging.eu-c.d": Channel("staging.eu-c.d", 8, 2),
    }
    assert staging.names_on("staging.eu-c") == {"A"}
    assert staging.channel_of("B").name == "staging.eu-c.d"
    assert found.under("") is found


@pytest.mark.parametrize(
    ("prefix", "message"),
    [
        (".", '"." can begin no channel: use letters, digits, "-" and "_", joined by dots'),
        ("a..", '"a.." can begin no channel: use letters, digits, "-" and "_", joined by dots'),
        ("a b", '"a b" can begin no channel: use letters, digits, "-" and "_", joined by dots'),
        ("é", '"é" can begin no channel: use letters, digits, "-" and "_", joined by dots'),
        ("a*", '"a*" can begin no channel: use letters, digits, "-" and "_", joined by dots'),
        ("a" * 235, f'"{"a" * 235}" is too long: with things it makes more than 240 characters'),
    ],
)
def test_what_can_begin_no_channel_is_refused(things: Any, prefix: str, message: str) -> None:
    with pytest.raises(NoChannelError) as caught:
        catalogue(things).under(prefix)
    assert str(caught.value) == message


def test_the_schema_of_a_fingerprint_is_known_where_it_is_of_today(things: Any) -> None:
    found = catalogue(things)
    fingerprint, text = found.schema_of("shop.Thing")
    assert found.text_of(int(fingerprint, 16)) == text
    assert found.text_of(1) is None
