"""Find the records that have no finite value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from avow.runtime.schema import Field, Record, Type, Union


def circles(records: Iterable[Record]) -> Iterator[list[tuple[Record, Field]]]:
    """Yield each circle of records that must hold one another: every record, and the field to the next."""
    infinite = _infinite(list(records))
    done: set[str] = set()
    for name in sorted(infinite):
        chain: dict[str, tuple[Record, Field]] = {}
        while name in infinite and name not in done and name not in chain:
            field, following = _must_hold(infinite[name], infinite)
            chain[name] = (infinite[name], field)
            name = following
        if name in chain:
            yield list(chain.values())[list(chain).index(name) :]
        done.update(chain)


def _infinite(records: list[Record]) -> dict[str, Record]:
    """Return the records for which no finite value is found, looking until nothing changes."""
    waiting = {record.name: record for record in records}
    while True:
        left = {name: record for name, record in waiting.items() if not _ends(record, waiting)}
        if len(left) == len(waiting):
            return left
        waiting = left


def _ends(record: Record, waiting: dict[str, Record]) -> bool:
    return not any(_leads_on(field.type, waiting) for field in record.fields)


def _leads_on(type_: Type, waiting: dict[str, Record]) -> bool:
    """Return whether every value of a type holds one of a record that waits."""
    if isinstance(type_, Union):
        return all(_leads_on(branch, waiting) for branch in type_.branches)
    return isinstance(type_, Record) and type_.name in waiting


def _must_hold(record: Record, infinite: dict[str, Record]) -> tuple[Field, str]:
    """Return the first field of a record that has no finite value, and the record that it leads to."""
    field = next(field for field in record.fields if _leads_on(field.type, infinite))
    first = next(iter(field.type.branches), None) if isinstance(field.type, Union) else field.type
    return field, first.name if isinstance(first, Record) else ""
