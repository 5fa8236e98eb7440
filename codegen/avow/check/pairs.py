"""Hold a contract against its older states, in the directions that its level demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from avow.changes.touched import Touched, fields
from avow.check import wording
from avow.check.verdict import Previous, Shown, Verdict
from avow.compat import check
from avow.compat.incompatibility import Incompatibility, Spot
from avow.compat.levels import Level
from avow.config import CheckSettings
from avow.finding import Severity
from avow.runtime.schema import Enum, Path, Record

# The attribute of a named type, or of a field, that a rule is about.
_OF_TYPE = {"FIXED_SIZE_CHANGED": "size", "ENUM_SYMBOL_REMOVED": "symbols", "ALIAS_AMBIGUOUS": "aliases"}
_OF_FIELD = {"FIELD_MISSING": "name", "ALIAS_AMBIGUOUS": "aliases", "ALIAS_CROSSED": "aliases"}


def judge(
    contract: Record, files: Mapping[str, str], level: Level, olds: Sequence[Previous], settings: CheckSettings
) -> Iterator[Verdict]:
    """Yield what does not go together. What is the same for several older states is said once.

    Args:
        contract: The working tree's.
        files: Full name of each type of the working tree -> its file.
        level: What the contract promises.
        olds: The states to be held against, oldest first; those that the level leaves out are gone already.
        settings: Which severities differ, and how unions are read.
    """
    for backward in (way for way, wanted in ((True, level.backward), (False, level.forward)) if wanted):
        groups: dict[tuple[object, ...], list[tuple[Previous, Incompatibility]]] = {}
        for old in olds:
            reader, writer = (contract, old.type) if backward else (old.type, contract)
            for found in check(reader, writer, java_unions=settings.java_unions):
                own = found.reader if backward else found.writer
                key = (found.rule, found.path, found.reason, found.subject, _place(contract, own, found))
                groups.setdefault(key, []).append((old, found))
        for group in groups.values():
            yield _verdict(contract, files, group, settings, backward=backward)


def _verdict(
    contract: Record,
    files: Mapping[str, str],
    group: list[tuple[Previous, Incompatibility]],
    settings: CheckSettings,
    *,
    backward: bool,
) -> Verdict:
    olds = [old for old, _ in group]
    newest, found = max(group, key=lambda pair: pair[0].number)
    name, at = _place(contract, found.reader if backward else found.writer, found)
    reader, writer = (wording.THIS, newest.label) if backward else (newest.label, wording.THIS)
    severity = severity_of(found.rule, found.severity, settings)
    head = wording.head(contract.name, wording.phrase(olds), found.rule, backward=backward)
    all_names = wording.names(olds)
    return Verdict(
        rule=found.rule,
        severity=severity,
        contract=contract.name,
        message=f"{head}: {wording.cast(found.reason, reader, writer)}",
        fix=wording.cast(found.fix_reader if backward else found.fix_writer, reader, writer),
        file=files[name],
        at=at,
        shown=Shown(
            *((wording.THIS, all_names) if backward else (all_names, wording.THIS)),
            path=found.path,
            touched=_touched(contract.name, found, backward=backward),
            found=found,
        ),
    )


def _touched(contract: str, found: Incompatibility, *, backward: bool) -> Touched:
    """Return whose code it touches: a field that is new has to be given, one that is gone is read in vain."""
    path = fields(found.path)
    if found.rule == "FIELD_MISSING":
        return Touched(contract, path, "building") if backward else Touched(contract, (*path, found.subject))
    return Touched(contract, path, "field" if path else "any")


def severity_of(rule: str, own: Severity, settings: CheckSettings) -> Severity:
    """Return the severity of a rule's findings in a project."""
    chosen: str = msgspec.structs.asdict(settings.severity).get(rule, "")
    return "error" if chosen == "error" else "warning" if chosen == "warning" else own


def _place(contract: Record, spot: Spot, found: Incompatibility) -> tuple[str, Path]:
    """Return the type of the working tree that it is about, and the JSON path in the file of that type."""
    owner = spot.owner or contract
    if spot.field is not None:
        return owner.name, (*spot.field.at, _OF_FIELD.get(found.rule, "type"))
    if isinstance(owner, Enum) and found.subject in owner.symbols:
        return owner.name, (*owner.at, "symbols", owner.symbols.index(found.subject))
    return owner.name, (*owner.at, _OF_TYPE.get(found.rule, "name"))
