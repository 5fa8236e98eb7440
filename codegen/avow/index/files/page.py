"""The page of the index for people: the flow of the whole system, and who does what with each contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from avow.index.catalogue import Catalogue
from avow.index.code.files import is_test
from avow.index.fact import WHOLE, Fact
from avow.index.files.diagram import diagram, short

NAME = "INDEX.md"
_HEAD = "# Who uses what\n\nDerived from the code of the services by `avow generate`; don't edit.\n"
_NONE = "\nNo code of a service uses a contract yet.\n"
_ASK = "`avow who` and `avow flow` tell more of each contract, field and service.\n"
_DOTTED = "A dotted arrow: it is built there, and nothing is known to send it.\n"


def page(catalogue: Catalogue, facts: Iterable[Fact], namespace: str) -> str:
    """Return the page as Markdown; the same for the same facts, whatever their lines."""
    found = [fact for fact in facts if not is_test(fact.file)]
    if not found:
        return _HEAD + _NONE
    contracts = [name for name, row in catalogue.items() if row.kind]
    drawn = diagram(found, contracts, namespace)
    sections = [_HEAD, _ASK, f"## Flow\n\n{drawn}"]
    if " -.-> " in drawn:
        sections.append(_DOTTED)
    sections.append("## Contracts\n\n" + _table(_HEADER, _rows(catalogue, contracts, found, namespace)))
    lost = list(_lost(found, namespace))
    if lost:
        sections.append("## What cannot be followed\n\n" + _LOST + "\n" + _table(("Service", "Contract", "Goes"), lost))
    return "\n".join(sections)


_HEADER = ("Contract", "Kind", "Sent by", "Handled by", "Read by")
_LOST = "Each field of these may be read where they go, so nothing can be said about who needs it.\n"


def _rows(catalogue: Catalogue, contracts: list[str], facts: list[Fact], namespace: str) -> Iterator[tuple[str, ...]]:
    by_type: dict[str, list[Fact]] = {}
    for fact in facts:
        by_type.setdefault(fact.type, []).append(fact)
    for name in contracts:
        own = by_type.get(name, [])
        services = [_services(own, kind) for kind in ("send", "handle", "read")]
        yield (short(name, namespace), catalogue[name].kind, *services)


def _services(facts: Iterable[Fact], kind: str) -> str:
    return ", ".join(sorted({fact.service for fact in facts if fact.kind == kind and fact.service}))


def _lost(facts: Iterable[Fact], namespace: str) -> Iterator[tuple[str, ...]]:
    escapes = {(fact.service, fact.type, _where(fact)) for fact in facts if fact.kind == "escape"}
    for service, name, reason in sorted(escapes):
        yield service, "every one" if name == WHOLE else short(name, namespace), reason


def _where(fact: Fact) -> str:
    return f"{fact.file}: {fact.reason}" if fact.type == WHOLE else fact.reason


def _table(header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = list(header)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    """Text that Markdown takes as it is."""
    plain = "".join(each if each.isprintable() else "?" for each in text)
    for mark in "\\`*_|<>[]":
        plain = plain.replace(mark, f"\\{mark}")
    return plain if set(text) != {"-"} else text
