"""Who uses a type, a field, or what a service uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from avow.index.book import Book
from avow.index.catalogue import TypeRow
from avow.index.fact import WHOLE, Fact
from avow.index.questions.subject import Subject
from avow.show.layout import coloured, columns, faint, plain, strong

_WORDS = {
    "handle": "handled",
    "construct": "built",
    "send": "sent",
    "read": "read",
    "write": "written",
    "maybe": "maybe",
    "escape": "lost",
}
"""What each kind is called, in the order in which they are shown."""
_ORDER = {kind: number for number, kind in enumerate(_WORDS)}
NO_USE = "no known use"


def render(book: Book, meant: Subject, facts: Sequence[Fact], namespace: str) -> str:
    """Return an answer as text."""
    facts = sorted(facts, key=lambda fact: _ORDER[fact.kind])
    if meant.service:
        lines = list(_service(meant.service, facts, namespace))
    elif meant.path:
        lines = list(_field(book.catalogue[meant.type], meant, facts))
    else:
        lines = list(_type(book.catalogue[meant.type], meant.type, facts))
    return "\n".join(lines) + "\n"


# a type


def _type(row: TypeRow, name: str, facts: Sequence[Fact]) -> Iterator[str]:
    kind = f"{row.kind} of {row.owner}" if row.kind and row.owner else row.kind or row.shape
    yield f"{strong(name)} {faint(f'({kind})')}"
    if row.doc:
        yield f"  {plain(row.doc)}"
    whole = [fact for fact in facts if fact.field == WHOLE and fact.kind != "escape"]
    yield from columns(map(_row, whole), 2)
    if not whole and row.kind:
        yield f"  {NO_USE}"
    for field in row.fields:
        own = [fact for fact in facts if fact.field == field]
        yield f"  {strong(field)}" + ("" if own else f"  {faint(NO_USE)}")
        yield from columns(map(_row, own), 4)
    yield from _lost(facts)


def _field(row: TypeRow, meant: Subject, facts: Sequence[Fact]) -> Iterator[str]:
    yield strong(f"{meant.type}.{'.'.join(meant.path)}")
    field = row.fields.get(meant.path[0])
    if field is not None and field.doc and len(meant.path) == 1:
        yield f"  {plain(field.doc)}"
    own = [fact for fact in facts if fact.kind != "escape"]
    yield from columns(map(_row, own), 2)
    if not own:
        yield f"  {NO_USE}"
    yield from _lost(facts)


def _lost(facts: Iterable[Fact]) -> Iterator[str]:
    lost = [fact for fact in facts if fact.kind == "escape"]
    if lost:
        yield f"  {coloured('escape', 'cannot be followed, so any field may be used:')}"
        yield from columns(map(_escape, lost), 4)


def _row(fact: Fact) -> list[str]:
    kind = coloured(fact.kind, _WORDS[fact.kind])
    return [kind, plain(fact.service), place(fact), faint(fact.function), faint(fact.reason)]


def _escape(fact: Fact) -> list[str]:
    what = "everything" if fact.type == WHOLE else fact.type.rpartition(".")[2]
    return [plain(fact.service), what, place(fact), faint(fact.function), plain(fact.reason)]


def place(fact: Fact) -> str:
    """Return where a fact is, in a form that editors and terminals turn into a link."""
    return f"{plain(fact.file)}:{fact.line}" if fact.line else plain(fact.file)


# a service


def _service(name: str, facts: Sequence[Fact], namespace: str) -> Iterator[str]:
    yield strong(name)
    for kind in ("handle", "send", "construct"):
        own = sorted({_short(fact.type, namespace) for fact in facts if fact.kind == kind})
        if own:
            yield from columns([[coloured(kind, _WORDS[kind]), ", ".join(own)]], 2)
    for kind in ("read", "write", "maybe"):
        rows = list(_fields(facts, kind, namespace))
        if rows:
            yield f"  {coloured(kind, _WORDS[kind])}"
            yield from columns(rows, 4)
    yield from _lost(facts)


def _fields(facts: Iterable[Fact], kind: str, namespace: str) -> Iterator[list[str]]:
    by_type: dict[str, set[str]] = {}
    for fact in facts:
        if fact.kind == kind:
            by_type.setdefault(fact.type, set()).add(fact.field)
    yield from ([_short(name, namespace), ", ".join(sorted(fields))] for name, fields in sorted(by_type.items()))


def _short(name: str, namespace: str) -> str:
    return name.removeprefix(f"{namespace}.") if namespace else name
