"""What the databases, the mailbox and the broker should hold at the end, and what they do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct

from examples.trial.plan import Plan, Step

Home: TypeAlias = tuple[int, str, str]
"""Version, first line of the address, postcode."""

ACCEPTED, REFUSED = "accepted as version {}", "refused: UNDELIVERABLE"
DECLINED = "quote {} of {}: {}"
_REGISTERED = (1, "0 High Petergate", "YO1 7EN")
_SHOWN = 5


class Poison(Struct, frozen=True):
    """A message that nobody can handle: who has to bury it, and what the reason should begin with."""

    id: str
    kind: str
    channel: str
    service: str
    body: bytes
    reason: str


class Letter(Struct, frozen=True):
    """A dead letter."""

    channel: str
    service: str
    reason: str
    body: bytes
    id: str | None


class Found(Struct):
    """What there is; customers by id, lists in the order in which rows were written."""

    answers: dict[UUID, str]
    customers: dict[UUID, Home]
    replica: dict[UUID, Home]
    quotes: list[tuple[UUID, int, UUID]]
    """Customer, version, quote."""
    emails: list[tuple[UUID, UUID, bool]]
    """Customer, command, whether it was refused."""
    mailbox: list[tuple[str, str]]
    """Message-ID and recipient, as they were handed over."""
    letters: list[Letter]
    outboxes: dict[str, int]
    waiting: dict[str, int]
    again: int | None
    """Messages that the broker gave to a service once more, where it counts them."""
    sent: int
    """Events EmailSent and EmailBounced on the broker."""
    drops_repeats: bool
    """Whether the broker drops what a relay sends again after a crash; else that is told by its id."""
    declined: list[str] = []
    """What who listens was told of quotes that are not made; a message that came again is told by its id."""


class Check(Struct, frozen=True):
    """An effect: how many there should be, how many there are, and what differs."""

    effect: str
    expected: int
    found: int
    differences: list[str]

    @property
    def is_right(self) -> bool:
        """Whether all is as it should be."""
        return self.expected == self.found and not self.differences


class Accounts:
    """Holds what was found against what was asked for."""

    def __init__(self, plan: Plan, customers: Mapping[int, UUID], poison: Sequence[Poison], found: Found) -> None:
        self._customers = customers
        self._poison = poison
        self._found = found
        self._answers: dict[UUID, str] = {}
        self._homes: dict[UUID, Home] = dict.fromkeys(customers.values(), _REGISTERED)
        for step in (*plan.recorded, *plan.steps):
            self._answers[plan.command_id(step)] = self._happens(step)
        self._declined = {
            DECLINED.format(plan.wish_id(step), customers[step.person], "OUTSIDE_APPETITE")
            for step in (*plan.recorded, *plan.steps)
            if step.is_wish
        }
        self._versions = {(customer, each) for customer, home in self._homes.items() for each in range(1, home[0] + 1)}

    def _happens(self, step: Step) -> str:
        if step.is_refused:
            return REFUSED
        customer = self._customers[step.person]
        version = self._homes[customer][0] + 1
        self._homes[customer] = (version, step.line_1, step.postcode)
        return ACCEPTED.format(version)

    def checks(self) -> Iterator[Check]:
        """Yield one line of the account after the other."""
        found = self._found
        yield _same("commands answered, in order per customer", self._answers, found.answers)
        yield _same("customers at their last address", self._homes, found.customers)
        yield _same("replica of them equal to its source", found.customers, found.replica)
        yield self._quotes()
        yield _in_order("quotes in order per customer", ((each[0], each[1]) for each in found.quotes))
        yield _once("wishes declined, and told to who listens", self._declined, found.declined)
        yield self._emails()
        yield self._emails_in_order()
        yield self._mailbox()
        yield self._events()
        yield self._buried()
        yield _none("other dead letters", [_shown(each) for each in found.letters if each.id is None])
        yield _none("messages left in outboxes", [f"{name}: {n}" for name, n in found.outboxes.items() if n])
        yield _none("messages left on the broker", [f"{name}: {n}" for name, n in found.waiting.items() if n])

    def _quotes(self) -> Check:
        found = [(customer, version) for customer, version, _ in self._found.quotes]
        return _once("quotes, one for each version", self._versions, found)

    def _emails(self) -> Check:
        wanted = {_email(quote) for _, _, quote in self._found.quotes}
        return _once("emails ordered, one for each quote", wanted, [command for _, command, _ in self._found.emails])

    def _emails_in_order(self) -> Check:
        versions = {_email(quote): version for _, version, quote in self._found.quotes}
        found = ((customer, versions.get(command, 0)) for customer, command, _ in self._found.emails)
        return _in_order("emails in order per customer", found)

    def _mailbox(self) -> Check:
        """Each email once by its Message-ID, at the right address; none for whom the mail server refuses."""
        numbers = {customer: number for number, customer in self._customers.items()}
        wanted = {
            (f"<{command}@communications.insurance.example>", f"person{numbers[customer]}@customer.example")
            for customer, command, _ in self._found.emails
            if numbers.get(customer)
        }
        return _same_set("emails in the mailbox, by Message-ID", wanted, set(self._found.mailbox))

    def _events(self) -> Check:
        wanted, found = len(self._found.emails), self._found.sent
        if not self._found.drops_repeats:
            found = min(wanted, found)
        return Check("events of emails sent or bounced", wanted, found, [])

    def _buried(self) -> Check:
        letters = {letter.id: letter for letter in self._found.letters if letter.id is not None}
        wrong = [f"{each.kind} on {each.channel}: {why}" for each in self._poison for why in _wrong(each, letters)]
        return Check("poison in dead letters, reason and bytes", len(self._poison), len(letters), wrong[:_SHOWN])

    @property
    def handovers(self) -> tuple[int, int]:
        """How many emails the mail server took, and how many different ones."""
        return len(self._found.mailbox), len(set(self._found.mailbox))

    @property
    def refused(self) -> int:
        """How many emails it refused for good."""
        return sum(is_refused for _, _, is_refused in self._found.emails)


def _wrong(poison: Poison, letters: Mapping[str, Letter]) -> Iterator[str]:
    letter = letters.get(poison.id)
    if letter is None:
        yield "no dead letter"
        return
    if letter.body != poison.body:
        yield f"sent as {poison.body.hex()}, kept as {letter.body.hex()}"
    if not letter.reason.startswith(poison.reason):
        yield f'should be there for "{poison.reason}", and is for "{letter.reason}"'
    if (letter.channel, letter.service) != (poison.channel, poison.service):
        yield f"kept for {letter.service} of {letter.channel}, should be for {poison.service}"


def _email(quote: UUID) -> UUID:
    """The id of the command to send the email about a quote."""
    return uuid5(NAMESPACE_URL, f"email:{quote}")


def _same(effect: str, wanted: Mapping[UUID, object], found: Mapping[UUID, object]) -> Check:
    wrong = [
        f"{key}: should be {wanted.get(key, 'absent')}, is {found.get(key, 'absent')}"
        for key in {**wanted, **found}
        if wanted.get(key) != found.get(key)
    ]
    right = sum(found.get(key) == value for key, value in wanted.items())
    return Check(effect, len(wanted), right, wrong[:_SHOWN])


def _same_set(effect: str, wanted: set[tuple[str, str]], found: set[tuple[str, str]]) -> Check:
    wrong = [f"missing: {' for '.join(each)}" for each in sorted(wanted - found)]
    wrong += [f"not asked for: {' for '.join(each)}" for each in sorted(found - wanted)]
    return Check(effect, len(wanted), len(found), wrong[:_SHOWN])


def _once(effect: str, wanted: set[str] | set[UUID] | set[tuple[UUID, int]], found: Sequence[object]) -> Check:
    counts = Counter(found)
    wrong = [f"missing: {_key(each)}" for each in wanted - set(counts)]
    wrong += [f"{count} times: {_key(each)}" for each, count in counts.items() if count > 1]
    wrong += [f"not asked for: {_key(each)}" for each in set(counts) - wanted]
    return Check(effect, len(wanted), len(found), wrong[:_SHOWN])


def _in_order(effect: str, found: Iterable[tuple[UUID, int]]) -> Check:
    """Each version after the one before it."""
    last: dict[UUID, int] = defaultdict(int)
    wrong, total, right = [], 0, 0
    for customer, version in found:
        total += 1
        if version > last[customer]:
            right += 1
        else:
            wrong.append(f"{customer}: version {version} after {last[customer]}")
        last[customer] = max(last[customer], version)
    return Check(effect, total, right, wrong[:_SHOWN])


def _none(effect: str, found: Sequence[str]) -> Check:
    return Check(effect, 0, len(found), list(found[:_SHOWN]))


def _key(value: object) -> str:
    return f"{value[0]} version {value[1]}" if isinstance(value, tuple) else str(value)


def _shown(letter: Letter) -> str:
    return f"{letter.channel}, {letter.service}: {letter.reason}"
