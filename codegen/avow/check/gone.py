"""Fields that a contract has no longer. Avro may have nothing against it: who reads them gets defaults for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from avow.changes import changes
from avow.changes.touched import Touched, fields, outermost
from avow.check import wording
from avow.check.verdict import Previous, Shown, Verdict
from avow.load.tree import Tree
from avow.rules import ALL
from avow.runtime.schema import Path, Record
from avow.words import listed, shortened

_RULE = "FIELD_REMOVED"
_SHOWN = 3
"""Contracts that a message names."""


class Gone(Struct):
    """A field that a type has no longer, in all contracts that it is gone from."""

    owner: str
    field: str
    path: str
    """Where it was in the first of the contracts."""
    contracts: dict[str, None]
    olds: dict[str, Previous]
    """The older states that have it, by label."""


class Fields:
    """Gathers what is gone, contract by contract: what a shared type has lost is said once."""

    def __init__(self) -> None:
        self._gone: dict[tuple[str, str], Gone] = {}

    def look(self, contract: Record, olds: Iterable[Previous], said: Sequence[Verdict]) -> None:
        """Hold a contract against older states; what has been ``said`` of its fields is not said again."""
        known = {each.shown.touched for each in said if each.shown and each.rule == "FIELD_MISSING"}
        for old in olds:
            for change in outermost(changes(old.type, contract)):
                is_gone = change.kind == "removed" and change.what == "field"
                if is_gone and Touched(contract.name, fields(change.path)) not in known:
                    new = Gone(change.owner, change.field, change.path, {}, {})
                    gone = self._gone.setdefault((change.owner, change.field), new)
                    gone.contracts[contract.name] = None
                    gone.olds.setdefault(old.label, old)

    def verdicts(self, tree: Tree) -> Iterator[Verdict]:
        """Yield a verdict for each field; who uses it decides how bad that is."""
        for gone in self._gone.values():
            yield _verdict(gone, tree)


def _verdict(gone: Gone, tree: Tree) -> Verdict:
    olds = list(gone.olds.values())
    first = next(iter(gone.contracts))
    has = "have" if len(olds) > 1 else "has"
    file, at = _place(tree, gone.owner if gone.owner in tree.files else first)
    return Verdict(
        rule=_RULE,
        severity=ALL[_RULE].severity,
        contract=first,
        message=f"{gone.owner}.{gone.field} is gone, which {wording.phrase(olds)} {has}{_within(gone)}",
        fix="Bring it back, and mark it as deprecated until nobody uses it. Or let go of it there, in the same change.",
        file=file,
        at=at,
        shown=Shown(wording.THIS, wording.names(olds), gone.path, Touched(first, fields(gone.path))),
    )


def _within(gone: Gone) -> str:
    """Return the contracts that a shared type is in."""
    names = [name for name in gone.contracts if name != gone.owner]
    if not names:
        return ""
    return f"; it was in {listed(shortened(names, _SHOWN))}"


def _place(tree: Tree, name: str) -> tuple[str, Path]:
    return tree.files[name], (*tree.schemas.types[name].at, "name")
