"""What `make demo` shows: from schemas to services that talk, in two styles, and what happens when one is gone."""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage

from examples.story.calling import SUBSCRIBERS, Calling
from examples.story.counts import all_written_to, calls, insured, quotes
from examples.story.edges import Derived, Edge, edges
from examples.story.lagging import lag
from examples.story.outage import Outage, outage
from examples.story.person import LONDON, Person
from examples.story.processes import MODULES, REPOSITORY, until
from examples.story.show import Screen
from examples.story.story import Story, story

PEOPLE = 4
MOVES, AT_ONCE = 25, 4


def main() -> None:
    """Show all of it."""
    screen, begun = Screen(), time.monotonic()
    contracts(screen)
    with story() as found:
        moving(screen, found)
        people = insured(found, PEOPLE)
        notification(screen, found, people)
        state_transfer(screen, found, people)
    after(screen, time.monotonic() - begun)


def part(name: str) -> None:
    """Show one part, on a story of its own."""
    screen = Screen()
    with story() as found:
        if name == "trace":
            moving(screen, found)
        elif name == "edges":
            ran(screen, found)
        else:
            begin(found)
            (notification if name == "notification" else state_transfer)(screen, found, insured(found, PEOPLE))


def begin(found: Story) -> None:
    """Start all services; customers announces ids alone, and quoting calls back."""
    found.services.start(*MODULES, ANNOUNCE="thin", **found.collector.environment)
    found.services.wait()


def contracts(screen: Screen) -> None:
    """Schemas become classes, changes are checked, and code is asked."""
    screen.chapter("Contracts", "schemas/ is what people edit; all else follows from it and from the code")
    for command, remark in (
        ("generate", "typed classes, codecs, and who uses what"),
        ("check", "every change held against each version that was released"),
    ):
        asked(screen, command, lambda _, remark=remark: remark)  # type: ignore[misc]
    asked(screen, "who AddressChanged.address", lambda text: text)
    asked(screen, "flow ChangeAddress", without_places)


def asked(screen: Screen, command: str, shown: Callable[[str], str]) -> None:
    """Run avow, and show what it says."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "avow", *command.split()], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"avow {command}: {done.stdout}{done.stderr}")
    screen.say(f"$ avow {command}  [dim]{time.monotonic() - begun:.1f} s[/dim]")
    screen.quote(shown(done.stdout))


def without_places(text: str) -> str:
    """Return a flow without the lines of code: who handles what is enough here."""
    return re.sub(r"(?m)(?<=[a-z]) (?:consumers|producers)/.*$", "", text)


def moving(screen: Screen, found: Story) -> None:
    """One change of address, from the form to the email, as a trace."""
    begun = time.monotonic()
    begin(found)
    took = f"{len(MODULES)} services, a broker and a mail server, started in {time.monotonic() - begun:.1f} s"
    screen.chapter("Ada moves", took)
    [ada] = insured(found, 1, "Ada Lovelace")
    trace, made = secrets.token_hex(16), quotes(found)
    sent = ada.move(LONDON, trace=trace)
    screen.say(f"she asks:    ChangeAddress  ->  {ada.answer(sent)}")
    refused = ada.answer(ada.move({**LONDON, "postcode": "somewhere"}))
    screen.say(f"a mistake:   ChangeAddress  ->  {refused['reason']}: {refused['explanation']}")
    until(lambda: quotes(found) == made + 1 and all_written_to(found), 30, "Ada got no email")
    screen.say("and she gets an email:")
    screen.quote(letter(found, ada))
    until(lambda: any(span.name.endswith("email-sent") for span in found.collector.of(trace)), 10, "no trace came")
    until(lambda: is_whole(found, trace), 10, "the trace is not whole")
    screen.chapter("One trace", "over HTTP, outbox, broker, databases and SMTP: when a step began, how long it took")
    screen.trace(found.collector.of(trace))


def letter(found: Story, person: Person) -> str:
    """Return the last email to somebody."""
    mails: list[EmailMessage] = [mail for mail in found.mail.emails().values() if person.email in str(mail["To"])]
    return f"Subject: {mails[-1]['Subject']}\n\n{mails[-1].get_content()}"


def is_whole(found: Story, trace: str) -> bool:
    """Return whether each step but the first is below one that is there."""
    spans = found.collector.of(trace)
    ids = {span.id for span in spans}
    return sum(span.parent not in ids for span in spans) == 1


def notification(screen: Screen, found: Story, people: list[Person]) -> None:
    """Calls back by number of subscribers, and a time without upstream."""
    screen.chapter("Event notification", "AddressChanged says what changed; who needs more calls customers back")
    calling = Calling(found, people)
    thin = [calling.calls_an_event(count) for count in SUBSCRIBERS]
    found.restart("customers", ANNOUNCE="rich")
    rich = [calling.calls_an_event(count) for count in SUBSCRIBERS]
    rows = [
        ["ids alone", *map(number, thin)],
        ["with what most readers need", *map(number, rich)],
    ]
    screen.table(
        ["calls on customers for one event, by services that read it", *(f"{count} reading" for count in SUBSCRIBERS)],
        rows,
    )
    found.restart("customers", ANNOUNCE="thin")
    told(screen, outage(found, people, "notification", ANNOUNCE="thin"), "quoting waits for its answers")


def state_transfer(screen: Screen, found: Story, people: list[Person]) -> None:
    """The same without calls, from a replica, and how far that is behind."""
    screen.chapter("State transfer", "CustomerUpdated brings the customer along; quoting keeps its part of it")
    found.restart("quoting", STYLE="state-transfer")
    before = calls(found)
    behind = lag(found, people, MOVES, AT_ONCE)
    titles = ["changes", "a second", "lag, median", "lag, 99 of 100", "most behind", "calls", "equal in the end"]
    screen.table(
        titles,
        [
            [
                behind.changes,
                f"{behind.changes / behind.seconds:.0f}",
                f"{behind.median:.0f} ms",
                f"{behind.p99:.0f} ms",
                behind.most_behind,
                calls(found) - before,
                "yes" if behind.is_equal else "NO",
            ]
        ],
    )
    told(screen, outage(found, people, "state-transfer"), "quoting knows what it needs")


def ran(screen: Screen, found: Story) -> None:
    """Run both styles, and hold what the traces show against what the index derives."""
    begin(found)
    [ada] = insured(found, 1, "Ada Lovelace")
    for style in ("notification", "state-transfer"):
        found.restart("quoting", STYLE=style, **found.collector.environment)
        made = quotes(found)
        ada.move_on()
        until(lambda made=made: quotes(found) == made + 1 and all_written_to(found), 30, "Ada got no email")  # type: ignore[misc]
    found.services.end(*MODULES)
    seen, derived = edges(found.collector.spans), Derived.read(REPOSITORY / "generated/index")
    compared(screen, "ran", seen)
    compared(screen, "ran and were not derived: errors of the index", [each for each in seen if not derived.has(each)])
    compared(screen, "were derived and did not run", [each for each in derived.edges() if each not in seen])


def compared(screen: Screen, title: str, found: list[Edge]) -> None:
    """List edges."""
    screen.chapter(f"{len(found)} edges {title}")
    for each in found:
        cause = each.because_of.removeprefix("insurance.") if each.because_of else "-"
        contract = each.contract.removeprefix("insurance.")
        screen.say(f"{cause:32}{each.service:16}{contract:32}{each.handled_by}")


def told(screen: Screen, found: Outage, why: str) -> None:
    """Say what a time without upstream has cost."""
    screen.say(
        f"customers is stopped: [bold]{found.done_meanwhile} of {found.work}[/bold] quotes are made meanwhile: {why}; "
        f"{found.done_after} of {found.work}, {found.seconds:.1f} s after it is back"
    )


def number(value: float) -> str:
    """Return a number without digits that say nothing."""
    return f"{value:g}"


def after(screen: Screen, seconds: float) -> None:
    """Say what to try next."""
    screen.chapter("Now you", f"all of this took {seconds:.0f} s")
    for command, remark in (
        ("avow who quoting", "what one service uses"),
        ("avow impact --against HEAD", "whom your change hits; edit schemas/customers/AddressChanged.avsc first"),
        ("avow new claims.ClaimReopened", "a contract to start from"),
        ("$EDITOR docs/services.md", "run each service by hand, and stop it"),
    ):
        screen.say(f"{command:34}[dim]{remark}[/dim]")
    screen.say("[dim]with `. .venv/bin/activate` before[/dim]\n")
