"""The account of a trial: a run in which all is right, and each way in which something can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from examples.trial.accounts import Accounts, Check, Found, Letter, Poison
from examples.trial.plan import Plan, Step

ONE, TWO = UUID(int=1), UUID(int=2)
CUSTOMERS = {0: ONE, 1: TWO}
STEPS = [
    Step(0, 1, "1 Lane", "A"),
    Step(1, 1, "1 Road", "B"),
    Step(1, 2, "2 Road", "NOWHERE", is_refused=True),
    Step(1, 3, "3 Road", "C"),
]
PLAN = Plan(1, 2, STEPS[:1], STEPS[1:], [])
POISON = Poison("p", "empty", "a.channel", "quoting", b"", "DecodeError: ")
QUOTES = [(ONE, 1), (TWO, 1), (ONE, 2), (TWO, 2), (TWO, 3)]


def quote(customer: UUID, version: int) -> UUID:
    return UUID(int=customer.int * 100 + version)


def command(customer: UUID, version: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"email:{quote(customer, version)}")


def received(customer: UUID, version: int) -> tuple[str, str]:
    return f"<{command(customer, version)}@communications.insurance.example>", "person1@customer.example"


def all_right() -> Found:
    answers = ["accepted as version 2", "accepted as version 2", "refused: UNDELIVERABLE", "accepted as version 3"]
    homes = {ONE: (2, "1 Lane", "A"), TWO: (3, "3 Road", "C")}
    return Found(
        answers={PLAN.command_id(step): answer for step, answer in zip(STEPS, answers, strict=True)},
        customers=dict(homes),
        replica=dict(homes),
        quotes=[(customer, version, quote(customer, version)) for customer, version in QUOTES],
        emails=[(customer, command(customer, version), customer == ONE) for customer, version in QUOTES],
        mailbox=[received(TWO, 1), received(TWO, 2), received(TWO, 2), received(TWO, 3)],
        letters=[Letter("a.channel", "quoting", "DecodeError: empty", b"", "p")],
        outboxes={"portal": 0},
        waiting={"a.channel": 0},
        again=None,
        sent=5,
        drops_repeats=True,
    )


def wrong(found: Found) -> list[Check]:
    return [check for check in Accounts(PLAN, CUSTOMERS, [POISON], found).checks() if not check.is_right]


def test_all_right() -> None:
    assert wrong(all_right()) == []
    accounts = Accounts(PLAN, CUSTOMERS, [POISON], all_right())
    assert accounts.handovers == (4, 3)
    assert accounts.refused == 2


def lose_answer(found: Found) -> None:
    found.answers[PLAN.command_id(STEPS[3])] = "accepted as version 2"


def old_home(found: Found) -> None:
    found.customers[TWO] = found.replica[TWO] = (2, "1 Road", "B")


def old_replica(found: Found) -> None:
    found.replica[TWO] = (2, "1 Road", "B")


def lose_quote(found: Found) -> None:
    del found.quotes[3], found.emails[3]
    found.mailbox[1:3] = []
    found.sent = 4


def double_quote(found: Found) -> None:
    found.quotes.append((TWO, 3, UUID(int=9)))
    found.emails.append((TWO, uuid5(NAMESPACE_URL, f"email:{UUID(int=9)}"), False))
    found.mailbox.append((f"<{found.emails[-1][1]}@communications.insurance.example>", "person1@customer.example"))
    found.sent = 6


def swap_quotes(found: Found) -> None:
    found.quotes[3], found.quotes[4] = found.quotes[4], found.quotes[3]


def lose_email(found: Found) -> None:
    del found.emails[0]
    found.sent = 4


def swap_emails(found: Found) -> None:
    found.emails[3], found.emails[4] = found.emails[4], found.emails[3]


def lose_mail(found: Found) -> None:
    del found.mailbox[0]


def mail_to_another(found: Found) -> None:
    found.mailbox[0] = (found.mailbox[0][0], "person7@customer.example")


def lose_event(found: Found) -> None:
    found.sent = 4


def cut_letter(found: Found) -> None:
    found.letters[0] = Letter("a.channel", "quoting", "DecodeError: empty", b"?", "p")


def lose_letter(found: Found) -> None:
    found.letters.clear()


def other_letter(found: Found) -> None:
    found.letters.append(Letter("a.channel", "portal", "ValueError: no", b"", None))


def leave_message(found: Found) -> None:
    found.outboxes["portal"] = found.waiting["a.channel"] = 1


@pytest.mark.parametrize(
    ("spoil", "effects", "difference"),
    [
        (
            lose_answer,
            ["commands answered, in order per customer"],
            f"{PLAN.command_id(STEPS[3])}: should be accepted as version 3, is accepted as version 2",
        ),
        (
            old_home,
            ["customers at their last address"],
            f"{TWO}: should be (3, '3 Road', 'C'), is (2, '1 Road', 'B')",
        ),
        (
            old_replica,
            ["replica of them equal to its source"],
            f"{TWO}: should be (3, '3 Road', 'C'), is (2, '1 Road', 'B')",
        ),
        (lose_quote, ["quotes, one for each version"], f"missing: {TWO} version 2"),
        (
            double_quote,
            ["quotes, one for each version", "quotes in order per customer", "emails in order per customer"],
            f"2 times: {TWO} version 3",
        ),
        (swap_quotes, ["quotes in order per customer"], f"{TWO}: version 2 after 3"),
        (lose_email, ["emails ordered, one for each quote"], f"missing: {command(ONE, 1)}"),
        (swap_emails, ["emails in order per customer"], f"{TWO}: version 2 after 3"),
        (
            lose_mail,
            ["emails in the mailbox, by Message-ID"],
            f"missing: {' for '.join(received(TWO, 1))}",
        ),
        (mail_to_another, ["emails in the mailbox, by Message-ID"], f"missing: {' for '.join(received(TWO, 1))}"),
        (lose_event, ["events of emails sent or bounced"], None),
        (cut_letter, ["poison in dead letters, reason and bytes"], "empty on a.channel: sent as , kept as 3f"),
        (lose_letter, ["poison in dead letters, reason and bytes"], "empty on a.channel: no dead letter"),
        (other_letter, ["other dead letters"], "a.channel, portal: ValueError: no"),
        (leave_message, ["messages left in outboxes", "messages left on the broker"], "portal: 1"),
    ],
)
def test_what_is_wrong_is_said(spoil: Callable[[Found], None], effects: list[str], difference: str | None) -> None:
    found = all_right()
    spoil(found)
    checks = wrong(found)
    assert [check.effect for check in checks] == effects
    if difference is not None:
        assert checks[0].differences[0] == difference


def test_what_a_relay_repeats_is_no_more_where_the_broker_does_not_drop_it() -> None:
    found = all_right()
    found.sent = 7
    assert [check.effect for check in wrong(found)] == ["events of emails sent or bounced"]
    found.drops_repeats = False
    assert wrong(found) == []
