"""Checks of who sends, handles and reads which contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from avow.index.catalogue import reach
from avow.index.checks.subject import Check, Declared, Hit, Subject, place, places, services
from avow.index.fact import Fact
from avow.index.questions.flow import loops
from avow.words import listed


def command_without_handler(subject: Subject) -> Iterator[Hit]:
    """Of a command that nobody sends either nothing is known; `avow orphans` lists it."""
    for name in subject.contracts("command") if subject.is_readable else ():
        senders = subject.of(name, "send")
        if senders and not subject.of(name, "handle", "read", "maybe", "escape"):
            message = f"nobody is known to handle {name}, which {_who(senders, 'send')}"
            yield Hit(Declared(name), message, _HANDLE, places(senders))


_HANDLE = "Write the handler, in the service that owns the command."


def command_with_two_handlers(subject: Subject) -> Iterator[Hit]:
    """Two handlers in one service are that service's affair."""
    for name in subject.contracts("command"):
        handlers = subject.of(name, "handle")
        found = services(handlers)
        if len(found) > 1:
            owner = subject.index.catalogue[name].owner
            fix = f"Leave it to {owner}." if owner in found else "Leave it to one of them."
            yield Hit(Declared(name), f"{name} is handled by {listed(found)}", fix, places(handlers))


def event_never_sent(subject: Subject) -> Iterator[Hit]:
    """What is built is taken to be sent: in which way, avow may not know."""
    for name in subject.contracts("event") if subject.is_readable else ():
        handlers = subject.of(name, "handle")
        if handlers and not subject.of(name, "send", "construct"):
            message = f"nobody is known to send {name}, which {_who(handlers, 'handle')}"
            yield Hit(Declared(name), message, _SEND, places(handlers))


_SEND = "Send it, or remove the handler."


def sensitive_read(subject: Subject) -> Iterator[Hit]:
    """Certain reads only; one finding for each."""
    for name, fields in _sensitive(subject).items():
        for fact in subject.of(name, "read"):
            readers = fields.get(fact.field, (fact.service,))
            if fact.service not in readers:
                message = f"{fact.service} reads {name}.{fact.field}, which only {listed(readers)} may read"
                yield Hit(place(fact), message, _ADD, (Declared(name, fact.field),), name)


def sensitive_escape(subject: Subject) -> Iterator[Hit]:
    """One finding for each escape, whatever it has that is sensitive; who builds such values has the data anyway."""
    sensitive = _sensitive(subject)
    for name in subject.index.catalogue:
        held = [(inner, field) for inner in reach(subject.index.catalogue, name) for field in sensitive.get(inner, ())]
        builders = services(subject.of(name, "construct"))
        for fact in subject.of(name, "escape") if held else ():
            lost = [(inner, field) for inner, field in held if fact.service not in sensitive[inner][field]]
            if lost and fact.service not in builders:
                fields = listed([f"{inner}.{field}" for inner, field in lost])
                message = f"{fact.service} lets {name} out of sight, {fact.reason}, and {fields} with it"
                yield Hit(place(fact), message, _HAND_ON, tuple(Declared(*each) for each in lost), name)


_ADD = "Do without it, or add the service to its readers."
_HAND_ON = "Hand on the fields that are needed, or say in a comment which are read: `# avow: reads ...`."


def _sensitive(subject: Subject) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by type the sensitive fields and who may read them."""
    found = {
        name: {field: said.readers for field, said in row.fields.items() if said.readers}
        for name, row in subject.index.catalogue.items()
    }
    return {name: fields for name, fields in found.items() if fields}


def event_loop(subject: Subject) -> Iterator[Hit]:
    """One finding for each circle, at the contract that comes first by name."""
    for way in loops(subject.index.edges):
        steps = "".join(f" -> {edge.service} -> {edge.target}" for edge in way)
        handlers = [
            fact
            for edge in way
            for fact in subject.of(edge.source, "handle")
            if (fact.file, fact.function) == (edge.file, edge.function)
        ]
        message = f"handling {way[0].source} leads to sending it again: {way[0].source}{steps}"
        yield Hit(Declared(way[0].source), message, _BREAK, places(handlers))


_BREAK = "Let one of the handlers send another contract, or none."


def _who(facts: Iterable[Fact], verb: str) -> str:
    names = services(facts)
    return f"{listed(names)} {verb}{'s' if len(names) == 1 else ''}"


CHECKS: dict[str, Check] = {
    "COMMAND_WITHOUT_HANDLER": command_without_handler,
    "COMMAND_WITH_TWO_HANDLERS": command_with_two_handlers,
    "EVENT_NEVER_SENT": event_never_sent,
    "SENSITIVE_READ": sensitive_read,
    "SENSITIVE_ESCAPE": sensitive_escape,
    "EVENT_LOOP": event_loop,
}
