"""Witnesses: for an incompatibility the smallest datum that shows it, confirmed by decoding it in trial."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from avow.compat.datum import Datum, binary, part_at, text
from avow.compat.datum_goal import goals
from avow.compat.datum_smallest import Smallest
from avow.compat.incompatibility import Hop, Incompatibility
from avow.compat.witness_reading import Found, Trial, failure, shown, shown_raw
from avow.runtime.errors import DecodeError
from avow.runtime.limits import MAX_NESTING
from avow.runtime.resolution import resolve
from avow.runtime.schema import Fixed, Primitive, Type

_MAX_SIZE: Final = 1 << 16
"""Bytes and values in the largest datum that is ever made: a larger one shows nothing to anybody."""
_SHOWN_BY_NONE: Final = frozenset({"NAMESPACE_CHANGED", "DECIMAL_PRECISION_WIDENED"})
"""Rules about what no datum shows: everything is read as it was written."""
_READ_DIFFERENTLY: Final = frozenset({"LOGICAL_CHANGED", "PROMOTION_LOSSY", "UNIT_CHANGED"})
"""Rules about values that may be read, as other values; under every other rule decoding must fail."""


class Witness(Struct, frozen=True):
    """A datum that the writer may write and the reader cannot read, or reads as something else."""

    json: str
    """The datum in Avro's JSON encoding: branches of unions tagged by name, bytes as Latin-1 strings."""
    data: bytes
    """The datum in Avro's binary encoding, without framing."""
    outcome: str
    """What the reader makes of it, without full stop: ``decoding fails at byte 3, `address`: ...``."""


def witness(found: Incompatibility) -> Witness | None:
    """Return the smallest datum that shows an incompatibility, which decoding has really failed on.

    None where no finite datum shows it, where the smallest is too large to be shown, or where the trial does
    not confirm it.
    """
    if found.rule in _SHOWN_BY_NONE:
        return None
    try:
        pair = _pair(found.writer_root, found.reader_root)
        for datum in pair.attempts(found):
            made = pair.tried(found, datum)
            if made is not None:
                return made
    except RecursionError:  # nested deeper than anybody could read
        pass
    return None


class _Pair:
    """What the witnesses of one writer and one reader share."""

    def __init__(self, writer: Type, reader: Type) -> None:
        plan = resolve(writer, reader)
        self._smallest = Smallest(writer, plan)
        self._trial = Trial(plan, reader)

    def attempts(self, found: Incompatibility) -> Iterator[Datum]:
        """Yield the data that may show an incompatibility, the likeliest first."""
        end = self._smallest.end(found.trail)
        if end is None:
            return
        below = self._smallest.nearest_failure(*end) if found.rule not in _READ_DIFFERENTLY else None
        if below:  # it is further inside that the reader fails, as in a union's first branch that matches
            yield from self._made((*found.trail, *below), found)
        yield from self._made(found.trail, found)

    def _made(self, trail: tuple[Hop, ...], found: Incompatibility) -> Iterator[Datum]:
        end = self._smallest.end(trail)
        for goal in goals(found, *end) if end else ():
            datum = self._smallest.along(trail, goal)
            if datum is not None and datum.size <= _MAX_SIZE and datum.height <= MAX_NESTING:
                yield datum

    def tried(self, found: Incompatibility, datum: Datum) -> Witness | None:
        """Return a datum as a witness where decoding it shows the incompatibility."""
        data = binary(datum)
        try:
            value = self._trial.read(data)
        except DecodeError as error:
            return Witness(text(datum), data, failure(error)) if error.offset is not None else None
        if found.rule not in _READ_DIFFERENTLY:
            return None
        differs = _difference(found.rule, part_at(datum, found.trail), self._trial.at(value, found.trail))
        return Witness(text(datum), data, differs) if differs else None


def _difference(rule: str, written: Datum, read: Found | None) -> str:
    """Return what was read and what was written, in words; empty where that is the same."""
    if read is None or not isinstance(written.type, (Primitive, Fixed)):
        return ""
    if rule == "PROMOTION_LOSSY":  # numbers, whatever they count
        return "" if read.value == written.leaf else f"reads {read.value!r}, was written {written.leaf!r}"
    was, is_ = shown_raw(written.type, written.leaf), shown(read)
    return "" if was == is_ else f"reads {is_}, was written {was}"


@lru_cache(maxsize=4)
def _pair(writer: Type, reader: Type) -> _Pair:
    """Keep the last few: several findings of one pair come one after another."""
    return _Pair(writer, reader)
