"""Hold the contracts of the working tree against what is released."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from msgspec import Struct

from avow.changes.touched import Touched
from avow.check.verdict import Previous, Shown, Verdict
from avow.compat.levels import level_of
from avow.config import Project
from avow.finding import Place
from avow.frozen import Frozen, History, Version, identity, mark, schema
from avow.runtime.canonical import inlined
from avow.runtime.schema import Json, Record, Type


class Released(Struct, frozen=True):
    """The histories of a project."""

    project: Project
    frozen: Frozen
    current: frozenset[str]
    """Full names of the contracts of the working tree."""
    eras: frozenset[str] = frozenset()
    """Contracts that are about to begin an era: their released versions are not held against them."""

    def history(self, contract: Record) -> History | None:
        """Return the history of a contract."""
        return self.frozen.history(contract, self.current)

    def olds(self, contract: Record) -> list[Previous]:
        """Return the live versions of the current era that a contract is held against, oldest first."""
        history = self.history(contract)
        latest = history.latest if history else None
        if history is None or latest is None or contract.name in self.eras:
            return []
        level = level_of(contract.props["contract"])
        within = [version for version in history.live if version.era == latest.era]
        return [self._previous(version) for version in level.held_against(within)]

    def is_released(self, contract: Record) -> bool:
        """Return whether a contract is what was released last, at the same level: it was judged then."""
        history = self.history(contract)
        latest = history.latest if history else None
        if latest is None or not latest.is_live:
            return False
        is_same = level_of(contract.props["contract"]) == level_of(latest.contract)
        return is_same and identity(contract) == latest.identity

    def is_older_era(self, contract: Record, old: Record) -> bool:
        """Return whether an older state of a contract was released in an era that has ended."""
        history = self.history(contract)
        latest = history.latest if history else None
        if history is None or latest is None:
            return False
        eras = {version.era for version in history.versions if version.identity == identity(old)}
        return bool(eras) and latest.era not in eras

    def taken(self, contract: Record, file: str) -> Iterator[Verdict]:
        """Yield that live versions have the fingerprint of a contract whose logical types differ from theirs."""
        history = self.history(contract)
        if history is None:
            return
        own = mark(contract)
        for version in history.live:
            same = version.fingerprint == own and version.identity != identity(contract)
            if same and _meaning(schema(self.project, version)) != _meaning(contract):
                yield _taken(contract, file, version)

    def _previous(self, version: Version) -> Previous:
        type_ = schema(self.project, version)
        return Previous(f"version {version.number}", type_, level_of(version.contract).name, version.number)


def removed(released: Released, contracts: Mapping[str, Record], known: Mapping[str, str]) -> Iterator[Verdict]:
    """Yield the contracts that are gone from the working tree and have live versions.

    Args:
        released: What is released.
        contracts: The contracts of the working tree.
        known: Full name of each type of the working tree -> its file.
    """
    going_on = {alias for contract in contracts.values() for alias in contract.aliases}
    going_on |= {history.continues for history in released.frozen.histories.values()}
    for name, history in released.frozen.histories.items():
        if history.live and name not in contracts and name not in going_on:
            numbers = [str(version.number) for version in history.live]
            versions = f"version {numbers[0]} is" if len(numbers) == 1 else f"versions {', '.join(numbers)} are"
            yield lost(name, f"{versions} still live", Place(history.file, 1, 1), is_type=name in known)


def lost(name: str, why: str, place: Place, *, is_type: bool) -> Verdict:
    """Return that a contract is gone."""
    what = "is no contract any more" if is_type else "is gone"
    fix = f"Bring it back, or retire its versions first: `avow retire {name}`. If it was renamed, name it as an alias."
    return Verdict(
        rule="CONTRACT_REMOVED",
        severity="error",
        contract=name,
        message=f"{name} {what}, and {why}",
        fix=fix,
        elsewhere=place,
        shown=Shown("", "", "", Touched(name, (), "any")),
    )


def _taken(contract: Record, file: str, version: Version) -> Verdict:
    what = f"version {version.number} has its fingerprint, {version.fingerprint}, and other logical types"
    return Verdict(
        rule="FINGERPRINT_TAKEN",
        severity="error",
        contract=contract.name,
        message=f"{contract.name} cannot be told from what is live: {what}",
        fix="Rename the fields whose logical type changed: a message carries nothing but the fingerprint.",
        file=file,
        at=(*contract.at, "name"),
    )


def _meaning(type_: Type) -> str:
    """Return what a fingerprint is made of, and the logical types that it leaves out."""
    return json.dumps(_without(inlined(type_)), sort_keys=True)


def _without(value: Json) -> Json:
    """Drop defaults and aliases from inlined JSON, in the places where they mean that."""
    if isinstance(value, list):
        return [_without(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: item for key, item in value.items() if key not in ("default", "aliases")}
    for key in ("type", "items", "values"):
        if key in kept:
            kept[key] = _without(kept[key])
    if "fields" in kept:
        kept["fields"] = [_without(field) for field in kept["fields"]]
    return kept
