"""What `make demo` shows: contracts, who uses them, and the story that runs on them, in two styles.

Run it with `make demo`, or with `PYTHONPATH=generated:. python -m examples.story.demo` after `avow generate`.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from examples.story.calling import SUBSCRIBERS, Calling
from examples.story.counts import insured, quotes, replica_state, source_state
from examples.story.lagging import lag
from examples.story.outage import Outage, outage
from examples.story.person import LEEDS, LONDON, Person
from examples.story.processes import MODULES, REPOSITORY, until
from examples.story.story import Story, story
from examples.story.trace import render

console = Console(highlight=False)
STYLES = ("notification", "state-transfer")


def main() -> None:
    """Show it all."""
    began = time.monotonic()
    contracts()
    with story() as running:
        with busy("starting four services, a broker and a mail server"):
            start(running)
            people = [ada(running), *insured(running, 3)]
        moved(running, people[0])
        refused(people[0])
        called_back(running, people)
        without_upstream(running, people)
        replicated(running, people)
    where_to_go(time.monotonic() - began)


# contracts


def contracts() -> None:
    """The schemas are the source; what hangs on them is derived."""
    chapter("Contracts", "Avro schemas make typed classes and an index; a change is held against both")
    ran("generate")
    ran("check")
    chapter("Who uses it?", "derived from the code of the services, down to the field")
    ran("who", "AddressChanged.contact")
    ran("flow", "ChangeAddress")


def ran(*arguments: str) -> None:
    """Run avow, and show what it says."""
    console.print(f"[bold]$ avow {' '.join(arguments)}[/]")
    done = subprocess.run(
        [sys.executable, "-m", "avow", *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    said = f"{done.stdout}{done.stderr}".rstrip()
    console.print(indented(said) if said else "  [dim]nothing to say: all is well[/]", markup=not said, soft_wrap=True)
    if done.returncode:
        sys.exit(done.returncode)


# the story


def start(running: Story) -> None:
    """Start the services, in the style of event notification, with events that carry ids only."""
    running.services.start(*MODULES, ANNOUNCE="thin", STYLE="notification", **running.collector.environment)
    running.services.wait()


def ada(running: Story) -> Person:
    """Return a customer whose house has been quoted."""
    found, made = running.person(), quotes(running)
    found.register()
    found.insure()
    until(lambda: quotes(running) == made + 1, 30, "the house was not quoted")
    return found


def moved(running: Story, person: Person) -> None:
    """One command, and all that comes of it."""
    chapter("Ada moves to London", "a command has one handler; what happened is announced; a new quote comes by email")
    trace, made = secrets.token_hex(16), quotes(running)
    person.answer(person.move(LONDON, trace=trace))
    with busy("waiting for the email"):
        until(lambda: quotes(running) == made + 1, 30, "the house was not quoted")
        until(lambda: len(letters(running, person)) == 2, 30, "no email came")
        until(lambda: any("smtp" in span.name for span in running.collector.of(trace)), 30, "no trace came")
    console.print(f'  email to {person.email}: "{letters(running, person)[-1]}"\n')
    console.print("  [bold]the trace[/], from the form to the mail server [dim](start and duration in ms)[/]")
    console.print(indented(render(running.collector.of(trace))), markup=False, soft_wrap=True)


def letters(running: Story, person: Person) -> list[str]:
    """Return the subjects of what somebody got."""
    return [str(mail["Subject"]) for mail in running.mail.emails().values() if person.email in str(mail["To"])]


def refused(person: Person) -> None:
    """A refusal is an answer with a type."""
    chapter("She sends an old form once more", "a command that cannot be carried out is refused, with a typed reason")
    answer = person.answer(person.move(LEEDS, version=1))
    console.print(f"  {answer['reason']}: {answer['explanation']}")


def called_back(running: Story, people: Sequence[Person]) -> None:
    """A thin notification is paid for by its owner."""
    chapter("Event notification", "the event carries ids; who needs more asks its owner, once for each event")
    table = Table("subscribers", "calls back for one event", "if it carries the address too", box=None)
    with busy("moving people"):
        calling = Calling(running, people)
        thin = [calling.calls_an_event(count) for count in SUBSCRIBERS]
        running.restart("customers", ANNOUNCE="rich")
        rich = [calling.calls_an_event(count) for count in SUBSCRIBERS]
    for count, before, after in zip(SUBSCRIBERS, thin, rich, strict=True):
        table.add_row(f"{count}", f"{before:g}", f"{after:g}")
    console.print(table)


def without_upstream(running: Story, people: Sequence[Person]) -> None:
    """The other way to pay: waiting."""
    chapter("Customers is down for two seconds", "half of the people have just moved, the others ask for a quote")
    table = Table("style", "quotes wanted", "made meanwhile", "made in the end", "caught up in", box=None)
    for style in STYLES:
        with busy(f"stopping customers, {style}"):
            change_to(running, style)
            found = outage(running, people, style, ANNOUNCE="thin")
        table.add_row(style, *cells(found))
    console.print(table)


def change_to(running: Story, style: str) -> None:
    """Let quoting know customers in a style, and let what it hears of them first be heard."""
    running.restart("customers", ANNOUNCE="thin")
    running.restart("quoting", STYLE=style)
    if style == "state-transfer":
        until(lambda: source_state(running) == replica_state(running), 30, "the replica was not filled")


def cells(found: Outage) -> Iterator[str]:
    """Yield what a table shows of it."""
    yield from (f"{found.work}", f"{found.done_meanwhile}", f"{found.done_after}")
    yield f"{found.seconds:.1f} s" if found.done_meanwhile < found.work else "[dim]at once[/]"


def replicated(running: Story, people: Sequence[Person]) -> None:
    """State transfer in numbers."""
    chapter(
        "Event-carried state transfer", "the event carries the whole customer; quoting keeps the part that it needs"
    )
    with busy("moving people, all at once"):
        found = lag(running, people, moves=10, at_once=len(people))
    console.print(
        f"  {found.changes} changes, {found.calls} calls back; the replica was behind by {found.median:.0f} ms in the"
        f" median,\n  {found.p99:.0f} ms at the 99th percentile and {found.most_behind} changes at most, and it ended"
        f" {'equal to' if found.is_equal else 'DIFFERENT FROM'} its source",
        soft_wrap=True,
    )


def where_to_go(seconds: float) -> None:
    """What to try next."""
    chapter("Try next", f"this took {seconds:.0f} s")
    for command, what in (
        (". .venv/bin/activate", "puts avow on your path"),
        ("avow who quoting", "what a service uses"),
        ("avow new customers.NameChanged", "write a contract, then `avow generate`"),
        ("remove `contact` from schemas/customers/AddressChanged.avsc", "then `avow check`: who breaks?"),
        ("make trial N=2000", "the story with faults at random moments, and a count of what became of it"),
    ):
        console.print(f"  [bold]{command}[/]\n      {what}", soft_wrap=True)
    console.print("\n  README.md goes on from here; docs/services.md tells of the services.")


# how it looks


def chapter(title: str, what: str) -> None:
    """Begin something new."""
    console.print(f"\n[bold cyan]{title}[/]  [dim]{what}[/]", soft_wrap=True)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Say that something is going on, on a terminal."""
    with console.status(f"[dim]{what} ...[/]"):
        yield


def indented(text: str) -> str:
    """Return lines moved in."""
    return "\n".join(f"  {line}" for line in text.splitlines())


if __name__ == "__main__":
    main()
