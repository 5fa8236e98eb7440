"""A checker's verdict on a pair of schemas, held against fastavro's decoder and our interpreter.

An error must have a witness on which decoding fails; what is called compatible must read every datum, as the
same value in both. Where fastavro is no judge is a table, with the reasons.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import fastavro
from tests.support.differential import Variant, crossed, stretched
from tests.support.differential_data import finite
from tests.support.values import NEVER, heights

from avow.compat.datum import KEY
from avow.compat.incompatibility import Branch, Hop, Incompatibility, Inside
from avow.compat.witness import Witness, witness
from avow.compat.witness_reading import Trial
from avow.runtime import schema as model
from avow.runtime.errors import DecodeError
from avow.runtime.resolution import resolve

_F32 = struct.Struct("<f")


def theirs(writer: Variant, reader: Variant | None, data: bytes) -> Any:
    """Return what fastavro reads; raises whatever it raises, ValueError where bytes are left."""
    stream = io.BytesIO(data)
    value: Any = fastavro.schemaless_reader(stream, writer.theirs, reader.theirs if reader else None)
    if stream.tell() != len(data):
        raise ValueError(f"{len(data) - stream.tell()} bytes are left")
    return value["value"]


def alike(ours: Any, theirs: Any) -> bool:
    """Return whether two raw values are equal, as far as fastavro keeps a promoted number or text apart."""
    if isinstance(ours, dict):
        return (
            isinstance(theirs, dict) and ours.keys() == theirs.keys() and all(alike(ours[k], theirs[k]) for k in ours)
        )
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, float) and isinstance(theirs, (int, float)):  # a float is rounded as its type demands
        return ours == theirs or ours == float(theirs) or ours == _F32.unpack(_F32.pack(theirs))[0]
    if isinstance(ours, bytes) and isinstance(theirs, str):  # a default, which fastavro gives as JSON
        return ours == theirs.encode("latin-1", "replace")
    return type(ours) is type(theirs) and bool(ours == theirs)


# What is decided, and not fastavro's business


class Zone(NamedTuple):
    """Where fastavro's decoder is no judge of a finding, and why."""

    rules: str
    reason: str
    applies: Callable[[Incompatibility, Variant, Variant], bool] = lambda found, writer, reader: True


_LOGICAL = "DECIMAL_SCALE_CHANGED DECIMAL_PRECISION_NARROWED DECIMAL_PRECISION_WIDENED UNIT_CHANGED LOGICAL_CHANGED"
_STRUCTURE = (
    "TYPE_CHANGED UNION_BRANCH_MISSING UNION_FIRST_MATCH NAME_CHANGED FIELD_MISSING FIXED_SIZE_CHANGED"
    " ENUM_SYMBOL_REMOVED BYTES_AS_STRING"
)
ZONES = (
    Zone(_LOGICAL, "fastavro reads logical types as the writer's schema has them; our interpreter is the judge"),
    Zone("PROMOTION_LOSSY NAMESPACE_CHANGED", "a warning: decoding succeeds"),
    Zone(
        f"ALIAS_CROSSED ALIAS_AMBIGUOUS {_STRUCTURE}",
        "where a field goes by two names of the writer's, or two by one, fastavro lets the last one win in silence",
        lambda found, writer, reader: crossed(writer, reader),
    ),
    Zone(
        "TYPE_CHANGED UNION_BRANCH_MISSING",
        "fastavro reads a fixed into any named type of its name, and does not look at the kind",
        lambda found, writer, reader: isinstance(found.writer.type, model.Fixed),
    ),
    Zone(
        _STRUCTURE,
        "an alias is a full name, to fastavro it is every type of that short name too",
        lambda found, writer, reader: stretched(writer, reader),
    ),
    Zone(
        _STRUCTURE,
        "of several branches that could take a value we take that of its full name, fastavro the first",
        lambda found, writer, reader: reader.ambiguous,
    ),
)


def judged_by_fastavro(found: Incompatibility, writer: Variant, reader: Variant) -> bool:
    """Return whether fastavro must fail on the witness of a finding."""
    return not any(found.rule in zone.rules.split() and zone.applies(found, writer, reader) for zone in ZONES)


# Holding a verdict against decoding


def disagreements(writer: Variant, reader: Variant, findings: Iterable[Incompatibility]) -> list[str]:
    """Return where what is said of a pair and what decoding does part; empty where they agree."""
    findings = list(findings)
    errors = [found for found in findings if found.severity == "error"]
    said = [complaint for found in findings for complaint in _of_place(found)]
    said += [complaint for found in findings for complaint in _of_witness(writer, reader, found)]
    if len(errors) == 1:
        said += _of_failure(errors[0], {rendered(found.trail) for found in findings})
    if not errors:
        said += _of_data(writer, reader, findings)
    return said


def rendered(trail: tuple[Hop, ...]) -> str:
    """Return the path that a trail stands for."""
    path = ""
    for hop in trail:
        if isinstance(hop, Inside):
            path += "[]" if hop.kind == "array" else "{}"
        elif not isinstance(hop, Branch):
            path += f".{hop.name}" if path else hop.name
    return path


UNSHOWN = frozenset({"NAMESPACE_CHANGED", "DECIMAL_PRECISION_WIDENED"})


def _of_witness(writer: Variant, reader: Variant, found: Incompatibility) -> Iterator[str]:
    shown = witness(found)
    if shown is None:
        if found.rule not in UNSHOWN and _is_finite(found):
            yield f"{found.rule} at {found.path!r} has no witness"
        return
    try:
        theirs(writer, None, shown.data)
    except Exception as error:  # fastavro raises whatever it comes across
        yield f"{found.rule}: fastavro cannot read {shown.data.hex()} as the writer's own: {error!r}"
    if judged_by_fastavro(found, writer, reader) and _succeeds(writer, reader, shown):
        yield f"{found.rule} at {found.path!r}: fastavro reads {shown.json}"


def _is_finite(found: Incompatibility) -> bool:
    """Return whether there is any finite datum with a value at the place."""
    known = heights(found.writer_root)
    records = [named for named in model.named_types(found.writer_root).values() if isinstance(named, model.Record)]
    passed = [record for record in records if any(hop in record.fields for hop in found.trail)]
    return all(known[record.name] < NEVER for record in passed) and finite(found.writer.type)


def _succeeds(writer: Variant, reader: Variant, shown: Witness) -> bool:
    try:
        theirs(writer, reader, shown.data)
    except Exception:  # fastavro raises whatever it comes across
        return False
    return True


def _of_place(found: Incompatibility) -> Iterator[str]:
    """Yield where the path is not that of the trail."""
    if found.path not in (place := rendered(found.trail), f"{place}.{found.subject}".lstrip(".")):
        yield f"{found.rule} is said of {found.path!r}, its trail leads to {place!r}"


def _of_failure(found: Incompatibility, places: set[str]) -> Iterator[str]:
    """Where it is the only error, decoding must fail there, or inside where it is about a whole branch.

    What is warned of (bytes read as a string, a logical type added) may fail too, and before it.
    """
    shown = witness(found)
    plan = resolve(found.writer_root, found.reader_root)
    try:
        if shown is not None:
            Trial(plan, found.reader_root).read(shown.data)
    except DecodeError as error:
        place = re.sub(r"\[\d+\]", "[]", error.path).replace(f"['{KEY}']", "{}")
        trail = rendered(found.trail)
        if not (place.startswith(trail) if found.rule == "UNION_FIRST_MATCH" else place in places):
            yield f"{found.rule} is said of {found.path!r}, decoding fails at {place!r}"


def _of_data(writer: Variant, reader: Variant, findings: list[Incompatibility]) -> Iterator[str]:
    """Every datum must be read, by us and by fastavro, as the same value."""
    rules = {found.rule for found in findings}
    raw = Trial(resolve(writer.raw_type, reader.raw_type), reader.raw_type)
    whole = Trial(resolve(writer.type, reader.type), reader.type)
    for datum in writer.data:
        try:
            ours = raw.read(datum)
        except DecodeError as error:
            if "BYTES_AS_STRING" not in rules or "codec" not in str(error):
                yield f"compatible, and our interpreter fails on {datum.hex()}: {error}"
            continue
        yield from _of_logical(whole, datum, rules)
        if not reader.ambiguous and not crossed(writer, reader):
            yield from _of_theirs(writer, reader, datum, ours)


def _of_logical(whole: Trial, datum: bytes, rules: set[str]) -> Iterator[str]:
    if rules.isdisjoint(_LOGICAL.split()):
        try:
            whole.read(datum)
        except DecodeError as error:
            yield f"compatible, and our interpreter fails on {datum.hex()} with logical types: {error}"


def _of_theirs(writer: Variant, reader: Variant, datum: bytes, ours: Any) -> Iterator[str]:
    try:
        value = theirs(writer, reader, datum)
    except Exception as error:  # fastavro raises whatever it comes across
        yield f"compatible, and fastavro fails on {datum.hex()}: {error!r}"
    else:
        if not alike(ours, value):
            yield f"of {datum.hex()} we read {ours}, fastavro {value}"
