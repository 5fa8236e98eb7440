"""What the trial says of wishes that should have been declined once each."""

from __future__ import annotations

from uuid import UUID

import pytest
from examples.trial.accounts import Accounts, Check, Found
from examples.trial.plan import Plan, Step, make_plan

STEPS = [Step(0, 1, "1 Lane", "A", is_wish=True), Step(0, 2, "2 Lane", "B"), Step(0, 3, "3 Lane", "C", is_wish=True)]
PLAN = Plan(1, 1, STEPS[:1], STEPS[1:], [])
ADA = UUID(int=1)
FIRST, SECOND = (f"quote {PLAN.wish_id(step)} of {ADA}: OUTSIDE_APPETITE" for step in STEPS if step.is_wish)


def check(declined: list[str]) -> Check:
    found = Found({}, {}, {}, [], [], [], [], {}, {}, None, 0, drops_repeats=True, declined=declined)
    checks = Accounts(PLAN, {0: ADA}, [], found).checks()
    return next(each for each in checks if each.effect == "wishes declined, and told to who listens")


def test_each_once_is_right() -> None:
    assert check([FIRST, SECOND]).is_right


@pytest.mark.parametrize(
    ("declined", "difference"),
    [
        ([FIRST], f"missing: {SECOND}"),
        ([FIRST, SECOND, FIRST], f"2 times: {FIRST}"),
        ([FIRST, SECOND, "quote 7 of 7: OUTSIDE_APPETITE"], "not asked for: quote 7 of 7: OUTSIDE_APPETITE"),
        ([FIRST, SECOND.replace("OUTSIDE_APPETITE", "TOO_RISKY")], f"missing: {SECOND}"),
    ],
)
def test_what_is_wrong_is_said(declined: list[str], difference: str) -> None:
    found = check(declined)
    assert not found.is_right
    assert found.differences[0] == difference


@pytest.mark.parametrize("commands", [1, 2000])
def test_every_trial_has_wishes_and_one_is_recorded(commands: int) -> None:
    plan = make_plan(3, commands, {})
    assert [step.is_wish for step in plan.recorded] == [True] + [False] * 7
    share = sum(step.is_wish for step in plan.steps) / commands
    assert commands == 1 or 0.01 < share < 0.03
