"""What it costs to insure a house for a year: pure arithmetic, exact to the penny."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from contracts.policies import Construction, House
from contracts.quoting import PremiumLine, RatingFactor
from contracts.shared import Money

_BUILDINGS = Decimal("0.0011")
_CONTENTS = Decimal("0.0004")
"""Yearly rates on what it would cost to build the house anew."""

_AREAS = {"E": "1.25", "L": "1.15", "M": "1.20", "N": "1.25", "S": "1.10", "YO": "0.95"}
_CONSTRUCTIONS = {Construction.TIMBER: "1.30"}
_PENNY = Decimal("0.01")


class Rated(Struct, frozen=True):
    """A price, with what it is made of."""

    lines: list[PremiumLine]
    factors: dict[str, RatingFactor]
    premium: Money


def rate(house: House) -> Rated:
    """Return the price of insuring a house where it stands."""
    factors = {
        "area": Decimal(_area(house.address.postcode)),
        "construction": Decimal(_CONSTRUCTIONS.get(house.construction, "1")),
        "alarm": Decimal("0.95" if house.has_alarm else "1"),
    }
    factor = factors["area"] * factors["construction"] * factors["alarm"]
    lines = [
        _line("BUILDINGS", "Buildings", house.rebuild_cost, _BUILDINGS * factor),
        _line("CONTENTS", "Contents", house.rebuild_cost, _CONTENTS * factor),
    ]
    total = sum((line.premium.amount for line in lines), Decimal(0))
    named = {name: RatingFactor(factor=value, source="home 2026/1") for name, value in factors.items()}
    return Rated(lines, named, Money(amount=total, currency=house.rebuild_cost.currency))


def _area(postcode: str) -> str:
    """The factor of a postcode area: that of its two letters, else of its first, else none."""
    return _AREAS.get(postcode[:2]) or _AREAS.get(postcode[:1], "1")


def _line(code: str, label: str, cost: Money, rate: Decimal) -> PremiumLine:
    amount = (cost.amount * rate).quantize(_PENNY, ROUND_HALF_UP)
    return PremiumLine(cover_code=code, label=label, premium=Money(amount=amount, currency=cost.currency))
