"""The flow of the whole system as a diagram that code hosts draw: who sends which contract to whom.

Syntax: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from avow.index.code.files import is_test
from avow.index.fact import Fact

MOST = 400
"""Arrows that are drawn at most: code hosts refuse diagrams with more than 500."""


def diagram(facts: Iterable[Fact], contracts: Iterable[str], namespace: str) -> str:
    """Return a flowchart of services and the contracts between them, or a sentence where there is none to draw."""
    names = set(contracts)
    own = [fact for fact in facts if fact.type in names and not is_test(fact.file) and fact.service]
    sent = {(fact.service, fact.type) for fact in own if fact.kind == "send"}
    built = {(fact.service, fact.type) for fact in own if fact.kind == "construct"} - sent
    handled = {(fact.type, fact.service) for fact in own if fact.kind == "handle"}
    count = len(sent) + len(built) + len(handled)
    if not count:
        return "No service sends or handles a contract.\n"
    if count > MOST:
        return f"There are {count} arrows, too many to draw; `avow flow NAME` shows the part around one contract.\n"
    lines = list(_lines(sent, built, handled, namespace))
    return "\n".join(["```mermaid", "flowchart LR", *(f"    {line}" for line in lines), "```", ""])


def _lines(
    sent: set[tuple[str, str]], built: set[tuple[str, str]], handled: set[tuple[str, str]], namespace: str
) -> Iterator[str]:
    for service in sorted({service for service, _ in sent | built} | {service for _, service in handled}):
        yield f'{_id("s", service)}["{_label(service)}"]'
    for name in sorted({name for _, name in sent | built} | {name for name, _ in handled}):
        yield f'{_id("c", name)}(["{short(name, namespace)}"])'
    yield from (f"{_id('s', service)} --> {_id('c', name)}" for service, name in sorted(sent))
    yield from (f"{_id('s', service)} -.-> {_id('c', name)}" for service, name in sorted(built))
    yield from (f"{_id('c', name)} --> {_id('s', service)}" for name, service in sorted(handled))


def short(name: str, namespace: str) -> str:
    """Return a full name without the root namespace."""
    return name.removeprefix(f"{namespace}.") if namespace else name


def _label(service: str) -> str:
    """The name of a folder as text in quotes, whatever it holds."""
    return "".join(each if each.isprintable() else "?" for each in service).replace('"', "#quot;")


def _id(kind: str, name: str) -> str:
    """Return an id that stays the same whatever else is drawn."""
    return f"{kind}_{re.sub('[^A-Za-z0-9]', lambda found: f'_{ord(found[0]):x}_', name)}"
