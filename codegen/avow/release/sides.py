"""What two branches have released of one contract, and the order in which it all follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import UNSET, Struct

from avow.frozen import VERSIONS, Row, Versions, checksum


class Merged(Struct, frozen=True):
    """The versions of both sides in one order."""

    continues: str
    rows: list[Row]
    """Those of the ref as they are there, then the local ones, numbered on."""
    moved: dict[int, int]
    """Number of a local version before -> now."""
    texts: dict[int, bytes]
    """Number -> frozen file, of all that have one."""
    begun: frozenset[str]
    """Eras that only this branch knows."""


def merge(name: str, ours: Mapping[str, list[bytes]], theirs: Mapping[str, bytes]) -> Merged:
    """Return the versions of a contract in one order.

    Args:
        name: Its full name.
        ours: Path below the folder `released` -> what this branch has there; in the midst of a merge several.
        theirs: The same of the ref.
    """
    there = _list(theirs.get(f"{name}/{VERSIONS}", b""))
    lists = [found for data in ours.get(f"{name}/{VERSIONS}", []) for found in [_list(data)]]
    known = {row.checksum for row in there.versions}
    eras = frozenset(row.era for row in there.versions)
    local = _local(lists, known, there.versions[-1].identity if there.versions else "")
    rows = [_retired(row, lists) for row in there.versions]
    moved: dict[int, int] = {}
    for row in local:
        number = rows[-1].number + 1 if rows else row.number
        era = row.era if row.era not in eras or not rows else rows[-1].era
        moved[row.number] = number
        rows.append(msgspec.structs.replace(row, number=number, era=era))
    texts = _texts(name, rows, [*ours.items(), *((path, [data]) for path, data in theirs.items())])
    continues = there.continues or next((each.continues for each in lists if each.continues), "")
    return Merged(continues, rows, moved, texts, frozenset(row.era for row in local) - eras)


def _list(data: bytes) -> Versions:
    """Return a list of versions; an empty one where git has written its conflict into it."""
    try:
        return msgspec.json.decode(data, type=Versions)
    except ValueError:
        return Versions()


def _local(lists: Iterable[Versions], known: set[str], latest: str) -> list[Row]:
    """Return what the ref does not have, in order, each once; not what is the same as its latest."""
    found = {row.checksum: row for each in lists for row in each.versions if row.checksum not in known}
    rows = sorted(found.values(), key=lambda row: row.number)
    while rows and rows[0].identity == latest:
        del rows[0]
    return rows


def _retired(row: Row, lists: Iterable[Versions]) -> Row:
    """Return a version as retired where either side has retired it."""
    same = (other for each in lists for other in each.versions if other.checksum == row.checksum)
    ended = [other.retired for other in (row, *same) if other.retired is not UNSET]
    return msgspec.structs.replace(row, retired=ended[0]) if ended else row


def _texts(name: str, rows: Iterable[Row], files: Iterable[tuple[str, list[bytes]]]) -> dict[int, bytes]:
    sides = [data for path, found in files if path.startswith(f"{name}/") for data in found]
    by_checksum = {checksum(data): data for data in sides}
    return {row.number: by_checksum[row.checksum] for row in rows if row.checksum in by_checksum}
