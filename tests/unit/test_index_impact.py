"""Whom changes of contracts hit, how surely, and who takes them first."""

from __future__ import annotations

import pytest
from tests.support.answers import PLACED, SENT, book

from avow.changes.touched import Touched, Users, fields
from avow.index.book import Book, make
from avow.index.fact import Fact
from avow.index.questions.impact import hits as impact
from avow.index.questions.impact import rollout

USED = book(
    [
        "handle shop.orders.OrderPlaced by billing",
        "read shop.orders.OrderPlaced.customer by billing",
        "read shop.Address.postcode by billing via shop.orders.OrderPlaced.customer.address",
        "read shop.Address.postcode by maps",
        "maybe shop.orders.OrderPlaced.order_id by reports because event has no annotation",
        "write shop.orders.OrderPlaced.order_id by sales",
        "construct shop.orders.OrderPlaced by sales",
        "send shop.orders.OrderPlaced by sales",
        "escape shop.orders.OrderPlaced by audit because json.dumps",
        "read shop.orders.OrderPlaced.gone by late because there is no such field",
        "read shop.orders.OrderLost.* by late because there is no such type",
    ]
)


def hits(index: Book, contract: str, path: str, users: Users = "field") -> list[str]:
    found = impact(index, Touched(contract, fields(path), users))
    return [f"{hit.status} {hit.fact.service} {hit.fact.kind}" for hit in found]


@pytest.mark.parametrize(
    ("contract", "path", "users", "expected"),
    [
        # a field: whoever reads or writes it, and where values go out of sight
        (PLACED, "order_id", "field", ["BREAKS sales write", "MAYBE reports maybe", "UNKNOWN audit escape"]),
        # one that the schema has no longer
        (PLACED, "gone", "field", ["BREAKS late read", "UNKNOWN audit escape"]),
        # one behind other fields, however it is reached: it is one of a shared type
        (
            PLACED,
            "customer.address.postcode",
            "field",
            ["BREAKS billing read", "BREAKS maps read", "UNKNOWN audit escape"],
        ),
        ("shop.Address", "postcode", "field", ["BREAKS billing read", "BREAKS maps read", "UNKNOWN audit escape"]),
        # that nobody is known to use it
        (SENT, "parcel_id", "field", []),
        # a field that all who build a value have to give now
        (PLACED, "", "building", ["BREAKS sales construct"]),
        (PLACED, "customer", "building", []),
        # all of a contract
        ("shop.orders.OrderLost", "", "any", ["BREAKS late read"]),
        (SENT, "", "any", []),
    ],
)
def test_whom_a_change_hits(contract: str, path: str, users: Users, expected: list[str]) -> None:
    assert hits(USED, contract, path, users) == expected


def test_all_of_a_contract_is_all_that_is_known_of_it() -> None:
    found = hits(USED, PLACED, "", "any")
    assert found[-2:] == ["MAYBE reports maybe", "UNKNOWN audit escape"]
    assert len(found) == 8


def test_what_is_built_by_unpacking_may_give_what_is_missing() -> None:
    index = book(
        [
            "construct shop.orders.OrderPlaced by sales",
            "escape shop.orders.OrderPlaced by sales because ** into its fields",
        ]
    )
    assert hits(index, PLACED, "", "building") == ["MAYBE sales construct"]


def test_code_that_cannot_be_read_is_hit_by_everything() -> None:
    index = book(["escape * by broken because cannot be read: no Python"])
    assert hits(index, SENT, "parcel_id") == hits(index, SENT, "", "any") == ["UNKNOWN broken escape"]


def test_tests_do_not_count() -> None:
    fact = Fact(PLACED, "order_id", "read", "billing", "consumers/billing/tests/test_app.py", "test_it")
    assert hits(make({}, [fact], []), PLACED, "order_id") == []


@pytest.mark.parametrize(
    ("backward", "forward", "expected"),
    [
        (True, True, []),
        (True, False, [("audit", "billing", "late", "reports?"), ("sales",)]),
        (False, True, [("sales",), ("audit", "billing", "late", "reports?")]),
        (False, False, [("audit", "billing", "late", "sales", "reports?")]),
    ],
)
def test_who_goes_first(backward: bool, forward: bool, expected: list[tuple[str, ...]]) -> None:
    steps = rollout(USED, PLACED, backward=backward, forward=forward)
    assert [(*step.services, *(f"{name}?" for name in step.perhaps)) for step in steps] == expected
    assert rollout(USED, SENT, backward=backward, forward=forward) == []
