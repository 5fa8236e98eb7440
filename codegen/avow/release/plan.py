"""What a release would freeze: the contracts that differ from their latest version, each with its next number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from avow.frozen import FIRST_ERA, Frozen, History, Version, checksum, identity, mark
from avow.load.contracts import contracts_in, meant
from avow.load.tree import Tree
from avow.release.text import frozen_text
from avow.runtime.schema import Record


class Step(Struct, frozen=True):
    """One contract that is to be released."""

    contract: Record
    version: Version
    text: str
    """Of the frozen file."""
    history: History | None
    """What was released of it before."""
    begins_era: bool = False


def changed(tree: Tree, frozen: Frozen, names: Iterable[str] = ()) -> list[tuple[Record, History | None]]:
    """Return the contracts that differ from their latest version, all or some, each with its history.

    Raises:
        AvowError: A name is none of a contract.
    """
    contracts = contracts_in(tree.schemas)
    chosen = [contracts[meant(name, contracts)] for name in names] or list(contracts.values())
    histories = [(contract, frozen.history(contract, contracts)) for contract in chosen]
    return [(contract, history) for contract, history in histories if _is_changed(contract, history)]


def _is_changed(contract: Record, history: History | None) -> bool:
    latest = history.latest if history else None
    return latest is None or not latest.is_live or latest.identity != identity(contract)


def step(contract: Record, history: History | None, new_era: str, today: date) -> Step:
    """Return how a contract is released; ``new_era`` names the era that it begins, empty where it goes on."""
    latest = history.latest if history else None
    text = frozen_text(contract)
    version = Version(
        name=contract.name,
        number=latest.number + 1 if latest else 1,
        era=new_era or (latest.era if latest else FIRST_ERA),
        fingerprint=mark(contract),
        checksum=checksum(text.encode()),
        identity=identity(contract),
        released=today,
        contract=contract.props["contract"],
    )
    return Step(contract, version, text, history, begins_era=bool(new_era and latest))
