"""What is answered from an index: who, flow, search, orphans, and what a user may mean."""

from __future__ import annotations

import pytest
from tests.support.answers import CATALOGUE, ORDER, PLACED, SENT, book

from avow.errors import AvowError
from avow.index.book import Book, make
from avow.index.fact import Fact
from avow.index.questions.flow import Flow, flow, loops
from avow.index.questions.orphans import orphans
from avow.index.questions.search import search
from avow.index.questions.subject import completions, subject
from avow.index.questions.who import who


def answer(index: Book, text: str) -> list[str]:
    """The answer to who, each fact as `kind Type.field service`."""
    found = who(index, subject(index, text))
    return sorted(f"{each.kind} {each.type.rpartition('.')[2]}.{each.field} {each.service}" for each in found)


USED = book(
    [
        "handle shop.orders.OrderPlaced by billing",
        "read shop.orders.OrderPlaced.customer by billing",
        "read shop.Person.address by billing via shop.orders.OrderPlaced.customer",
        "read shop.Address.postcode by billing via shop.orders.OrderPlaced.customer.address",
        "read shop.Address.postcode by depot via shop.parcels.ParcelSent.to",
        "read shop.Address.postcode by maps",
        "read shop.parcels.ParcelSent.to by depot",
        "escape shop.orders.OrderPlaced by audit because json.dumps",
        "write shop.orders.OrderPlaced.order_id by portal",
        "maybe shop.orders.OrderPlaced.note by reports because event has no annotation",
    ]
)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "OrderPlaced",
            [
                "escape OrderPlaced.* audit",
                "handle OrderPlaced.* billing",
                "maybe OrderPlaced.note reports",
                "read OrderPlaced.customer billing",
                "write OrderPlaced.order_id portal",
            ],
        ),
        ("orders.OrderPlaced.order_id", ["escape OrderPlaced.* audit", "write OrderPlaced.order_id portal"]),
        ("OrderPlaced.lines", ["escape OrderPlaced.* audit"]),
        # a field that the schema has lost, and released versions have
        ("OrderPlaced.note", ["escape OrderPlaced.* audit", "maybe OrderPlaced.note reports"]),
        # of a shared type: whoever uses it, and where what holds it goes
        (
            "shop.Address.postcode",
            [
                "escape OrderPlaced.* audit",
                "read Address.postcode billing",
                "read Address.postcode depot",
                "read Address.postcode maps",
            ],
        ),
        # by a path: certain where it came that way, not where it came another, maybe where that is not known
        ("OrderPlaced.customer.address.postcode", ["escape OrderPlaced.* audit", "read Address.postcode billing"]),
        ("ParcelSent.to.postcode", ["read Address.postcode depot"]),
        (
            "billing",
            [
                "handle OrderPlaced.* billing",
                "read Address.postcode billing",
                "read OrderPlaced.customer billing",
                "read Person.address billing",
            ],
        ),
    ],
)
def test_who(text: str, facts: list[str]) -> None:
    assert answer(USED, text.replace("ParcelSent", "parcels.ParcelSent")) == facts


def test_who_by_a_path_is_a_maybe_where_the_way_is_not_known() -> None:
    index = book(
        [
            "read shop.orders.OrderPlaced.customer by billing",
            "read shop.Person.name by billing",
            "read shop.Person.name by portal",
            "escape shop.orders.OrderPlaced by audit because json.dumps",
            "read shop.Person.name by audit",
        ]
    )
    assert answer(index, "OrderPlaced.customer.name") == [
        "escape OrderPlaced.* audit",
        "maybe Person.name audit",
        "maybe Person.name billing",
    ]


def test_who_counts_code_that_cannot_be_read_for_every_type() -> None:
    index = book(["escape * by broken because cannot be read: no Python"])
    assert answer(index, "PlaceOrder.order_id") == answer(index, "Line") == ["escape *.* broken"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "ParcelSent",
            "ParcelSent is the name of several types\n  Say which: shop.old.ParcelSent, shop.parcels.ParcelSent.",
        ),
        ("OrderPlaced.costumer", "shop.orders.OrderPlaced has no field costumer\n  Did you mean customer?"),
        ("OrderPlaced.x", "shop.orders.OrderPlaced has no field x\n  Its fields: order_id, customer, lines."),
        ("Person.name.first", "there is no field first: what is before it is no record\n  Leave it out."),
        ("Line.choice.town", "shop.Person has no field town\n  Its fields: name, address."),
        ("biling", "no type, field or service is called biling\n  Did you mean billing?"),
        ("", "no type, field or service is called \n  `avow search` finds names by their parts."),
        ("..", "no type, field or service is called ..\n  `avow search` finds names by their parts."),
    ],
)
def test_what_is_not_there(text: str, message: str) -> None:
    with pytest.raises(AvowError) as caught:
        subject(USED, text)
    assert str(caught.value) == message


def test_a_path_goes_through_any_record_of_a_union() -> None:
    index = book(["read shop.Address.street by maps via shop.Line.choice"])
    assert answer(index, "Line.choice.street") == ["read Address.street maps"]
    assert answer(index, "Line.choice.name") == []


# flow


def drawn(found: Flow) -> object:
    name = found.contract.rpartition(".")[2]
    if found.is_loop or found.is_shown:
        return f"{name} ({'loop' if found.is_loop else 'shown'})"
    return {name: {each.service: [drawn(sent) for sent in each.sends] for each in found.handlers}}


def test_flow_is_followed_with_loops_and_once_each() -> None:
    index = book(
        [
            "handle shop.orders.PlaceOrder by sales",
            "handle shop.orders.OrderPlaced by depot",
            "handle shop.orders.OrderPlaced by mail",
            "handle shop.parcels.ParcelSent by sales",
            "handle shop.parcels.ParcelSent by mail",
        ],
        [f"{ORDER} sales {PLACED}", f"{PLACED} depot {SENT}", f"{PLACED} mail {SENT}", f"{SENT} sales {PLACED}"],
    )
    assert drawn(flow(index, ORDER)) == {
        "PlaceOrder": {
            "sales": [
                {
                    "OrderPlaced": {
                        "depot": [{"ParcelSent": {"mail": [], "sales": ["OrderPlaced (loop)"]}}],
                        "mail": ["ParcelSent (shown)"],
                    }
                }
            ]
        }
    }
    assert drawn(flow(index, "shop.Line")) == {"Line": {}}


def test_loops_are_found_once_and_the_shortest() -> None:
    edges = [
        f"{PLACED} a {SENT}",
        f"{SENT} b {PLACED}",
        f"{SENT} c {ORDER}",
        f"{ORDER} d {PLACED}",
        f"{ORDER} e {ORDER}",
    ]
    found = loops(book([], edges).edges)
    ways = sorted([(edge.source.rpartition(".")[2], edge.service) for edge in way] for way in found)
    assert ways == [[("OrderPlaced", "a"), ("ParcelSent", "b")], [("PlaceOrder", "e")]]


# search


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OrderPlaced", ["shop.orders.OrderPlaced"]),
        ("placed", ["shop.orders.OrderPlaced"]),
        ("plac", ["shop.orders.OrderPlaced", "shop.orders.PlaceOrder"]),
        ("ORDER", ["shop.orders.OrderPlaced", "shop.orders.PlaceOrder"]),
        ("postcode", ["shop.Address"]),
        ("bought", ["shop.orders.OrderPlaced"]),
        ("depot event", ["shop.parcels.ParcelSent"]),
        ("sales buy", ["shop.orders.PlaceOrder"]),
        # a typo only where nothing is spelt so
        ("pacrel", ["shop.old.ParcelSent", "shop.parcels.ParcelSent"]),
        ("adress", ["shop.Address", "shop.Person"]),
        ("orders.placeOrdr", ["shop.orders.PlaceOrder"]),
        ("zzzzz", []),
        ("", []),
    ],
)
def test_search(text: str, names: list[str]) -> None:
    assert [match.name for match in search(CATALOGUE, text)] == names


# orphans


def lacks(index: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in orphans(index):
        found.setdefault(each.contract.removeprefix("shop."), []).append(each.lack + " (unsure)" * each.is_unsure)
    return found


def test_orphans() -> None:
    index = book(
        [
            "handle shop.orders.OrderPlaced by billing",
            "construct shop.orders.OrderPlaced by sales",
            "send shop.orders.OrderPlaced by sales",
            "handle shop.orders.PlaceOrder by sales",
            "handle shop.orders.PlaceOrder by billing",
            "construct shop.orders.PlaceOrder by portal",
        ]
    )
    assert lacks(index) == {
        "orders.PlaceOrder": ["handled twice", "not sent (unsure)"],
        "parcels.ParcelSent": ["not handled", "not sent"],
    }


def test_nothing_is_sure_where_code_cannot_be_read_and_tests_do_not_count() -> None:
    unread = book(["escape * by broken because cannot be read: no Python"])
    assert lacks(unread)["orders.OrderPlaced"] == ["not handled (unsure)", "not sent (unsure)"]
    tested = Fact(PLACED, "*", "handle", "billing", "consumers/billing/tests/test_it.py", "on")
    index = make(CATALOGUE, [tested], [])
    assert lacks(index)["orders.OrderPlaced"] == ["not handled", "not sent"]


# completion


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ord", ["OrderPlaced"]),
        ("shop.P", ["shop.Person"]),
        ("OrderPlaced.", ["OrderPlaced.order_id", "OrderPlaced.customer", "OrderPlaced.lines"]),
        ("OrderPlaced.customer.a", ["OrderPlaced.customer.address"]),
        ("OrderPlaced.customer.address.p", ["OrderPlaced.customer.address.postcode"]),
        ("Line.choice.", ["Line.choice.name", "Line.choice.address", "Line.choice.street", "Line.choice.postcode"]),
        ("OrderPlaced.note.", []),
        ("OrderPlaced.order_id.", []),
        ("bil", ["billing"]),
        ("nothing.at.all", []),
    ],
)
def test_completion(text: str, found: list[str]) -> None:
    assert list(completions(USED, text)) == found
