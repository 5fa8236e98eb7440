"""A trial is what its seed says, and leaves no fault out."""

from __future__ import annotations

from collections import defaultdict

import pytest
from examples.trial.plan import PER, make_plan

RATES = {"often": 40.0, "twice": 2.0, "seldom": 0.01}


def test_a_seed_makes_the_same_plan_again() -> None:
    assert make_plan(7, 500, RATES) == make_plan(7, 500, RATES)
    assert make_plan(7, 500, RATES) != make_plan(8, 500, RATES)


@pytest.mark.parametrize("commands", [1, 100, 1000, 5000, 100_000])
def test_every_fault_comes_at_least_once_before_the_last_command(commands: int) -> None:
    plan = make_plan(3, commands, RATES)
    expected = {name: max(1, round(rate * commands / PER)) for name, rate in RATES.items()}
    assert {name: plan.count(name) for name in RATES} == expected
    assert [due.after for due in plan.dues] == sorted(due.after for due in plan.dues)
    assert all(0 <= due.after < commands for due in plan.dues)


def test_what_a_person_asks_for_is_numbered_in_order() -> None:
    plan = make_plan(5, 2000, {})
    numbers = defaultdict(list)
    for step in (*plan.recorded, *plan.steps):
        numbers[step.person].append(step.number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert len({plan.command_id(step) for step in (*plan.recorded, *plan.steps)}) == 2008
    assert any(step.is_refused for step in plan.steps)
    assert any(step.is_repeated for step in plan.steps)
