"""The contracts among the types of a tree, and the one that a user means by a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from avow.errors import AvowError
from avow.load.source import Source
from avow.runtime.names import nearest
from avow.runtime.parse import Schemas
from avow.runtime.schema import Named, Record


def contracts_in(schemas: Schemas) -> dict[str, Record]:
    """Return the records at the top of files that carry a contract, be it in order or not, by full name."""
    by_name: Mapping[str, Named] = schemas.types
    found = {}
    for root in schemas.roots:
        type_ = root.type
        if isinstance(type_, Record) and by_name.get(type_.name) is type_ and "contract" in type_.props:
            found[type_.name] = type_
    return found


def meant(name: str, contracts: Collection[str]) -> str:
    """Return the full name that a user means: that name, or its last parts where they are those of one contract.

    Raises:
        AvowError: There is none, or there are several.
    """
    if name in contracts:
        return name
    ending = sorted(full for full in contracts if full.endswith(f".{name}"))
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise AvowError(f"{name} is the name of several contracts", fix=f"Say which: {', '.join(ending)}.")
    near = nearest(name, contracts) or _near_end(name, contracts)
    fix = f"Did you mean {near}?" if near else "A contract is a record with a `contract` object in schemas/."
    raise AvowError(f"there is no contract {name}", fix=fix)


def may_be_in(name: str, sources: Iterable[Source]) -> bool:
    """Return whether one of some files may define a contract, by its text: what is broken may define anything."""
    short = name.rpartition(".")[2]
    return any(f'{short}"' in source.text for source in sources)


def _near_end(name: str, contracts: Collection[str]) -> str | None:
    """Return the contract whose last parts, as many as the name has, are most like it."""
    length = name.count(".") + 1
    ends = {".".join(full.split(".")[-length:]): full for full in contracts}
    near = nearest(name, ends)
    return ends[near] if near else None
