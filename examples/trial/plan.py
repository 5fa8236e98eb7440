"""What a run does, drawn from its seed alone: who moves when, and which fault comes when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from uuid import NAMESPACE_OID, UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

PER = 5000
"""Faults are counted per so many commands."""

_EARLIEST, _LATEST = 0.03, 0.93
_REFUSED, _WISHES, _REPEATED = 0.03, 0.02, 0.02
_POSTCODES = ("YO1 7EN", "LS1 2NE", "E2 7JP", "M1 4BT", "BS1 5TR", "N1 9GU")


class Step(Struct, frozen=True):
    """A command to change an address: the ``number``-th of this person, counted from 1."""

    person: int
    number: int
    line_1: str
    postcode: str
    is_refused: bool = False
    is_repeated: bool = False
    """The request is made twice, as by somebody who has pressed the button again."""
    is_wish: bool = False
    """With it comes a wish to insure a car, which is not insured here."""


class Due(Struct, frozen=True):
    """A fault that comes when so many commands were accepted."""

    after: int
    fault: str
    seed: int


class Plan(Struct, frozen=True):
    """A run. What is in ``recorded`` comes before ``steps``, without faults."""

    seed: int
    people: int
    recorded: list[Step]
    steps: list[Step]
    dues: list[Due]

    def count(self, fault: str) -> int:
        """Return how often a fault comes."""
        return sum(due.fault == fault for due in self.dues)

    def command_id(self, step: Step) -> UUID:
        """Return the id of a command, the same in each run of a seed."""
        return uuid5(NAMESPACE_OID, f"{self.seed} {step.person} {step.number}")

    def wish_id(self, step: Step) -> UUID:
        """Return the id of a wish, and of the quote that it is for."""
        return uuid5(NAMESPACE_OID, f"{self.seed} wish {step.person} {step.number}")


def make_plan(seed: int, commands: int, rates: Mapping[str, float]) -> Plan:
    """Return the run of a seed; ``rates`` says how often each fault comes per `PER` commands, once at least."""
    rng = Random(seed)
    people = max(20, min(500, commands // 50))
    counts: Counter[int] = Counter()
    recorded = [_step(rng, person, counts) for _ in range(2) for person in range(4)]
    recorded[0] = replace(recorded[0], is_wish=True)
    steps = [_step(rng, rng.randrange(people), counts) for _ in range(commands)]
    return Plan(seed, people, recorded, steps, sorted(_dues(rng, commands, rates), key=lambda due: due.after))


def _step(rng: Random, person: int, counts: Counter[int]) -> Step:
    counts[person] += 1
    number, chance = counts[person], rng.random()
    line_1, postcode = f"{number} High Petergate", rng.choice(_POSTCODES)
    if chance < _REFUSED:
        return Step(person, number, line_1, "NOWHERE", is_refused=True)
    is_wish = chance < _REFUSED + _WISHES
    return Step(person, number, line_1, postcode, is_repeated=chance > 1 - _REPEATED, is_wish=is_wish)


def _dues(rng: Random, commands: int, rates: Mapping[str, float]) -> list[Due]:
    return [
        Due(int(commands * rng.uniform(_EARLIEST, _LATEST)), fault, rng.getrandbits(32))
        for fault, rate in rates.items()
        for _ in range(max(1, round(rate * commands / PER)))
    ]
