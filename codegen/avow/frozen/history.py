"""The versions of a contract, as data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from avow.finding import Finding
from avow.runtime.schema import Json, Record

FIRST_ERA = "Era1"
"""The era of versions that are released before anybody names one."""


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version, as versions.json has it."""

    number: int
    """Counted from 1, on through all eras and all names of the contract."""
    era: str
    """Its levels of compatibility hold among the versions of one era."""
    fingerprint: str
    """CRC-64-AVRO of its canonical form, 16 hexadecimal digits: what a message says of its writer."""
    checksum: str
    """SHA-256 of its frozen file, hexadecimal."""
    identity: str
    """SHA-256 of its schema without docs and layout, hexadecimal: what a change is measured by."""
    released: date
    retired: date | UnsetType = UNSET
    """Since when nothing of it is on the wire, in a store or in a deployed reader any more."""
    contract: Json
    """The contract's metadata on the day of the release."""


class Versions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The content of a versions.json."""

    continues: str = ""
    """Full name that the contract had before; its versions come first."""
    versions: tuple[Row, ...] = ()


class Version(Row, frozen=True, kw_only=True):
    """One version, with the name under which it was released."""

    name: str
    is_intact: bool = True
    """Whether its frozen file is there, and what was released."""

    @property
    def is_live(self) -> bool:
        """Whether messages of it are to be reckoned with."""
        return self.retired is UNSET


class History(Struct, frozen=True, kw_only=True):
    """All versions of a contract, oldest first, those under former names included."""

    name: str
    """Full name of the contract."""
    file: str
    """Its versions.json, posix and relative to the project root."""
    versions: tuple[Version, ...]
    continues: str = ""
    """Full name that the contract had before."""

    @property
    def latest(self) -> Version | None:
        """The version that was released last, retired or not."""
        return self.versions[-1] if self.versions else None

    @property
    def live(self) -> list[Version]:
        """The versions that are not retired and can be read, oldest first."""
        return [version for version in self.versions if version.is_live and version.is_intact]


class Frozen(Struct, frozen=True):
    """All that is released in a project."""

    histories: dict[str, History]
    """By full name; a contract that was renamed has one under each of its names."""
    findings: list[Finding]
    """What is missing or was tampered with: errors."""

    def history(self, contract: Record, current: Collection[str]) -> History | None:
        """Return what was released of a contract: under its name, else under an alias.

        Args:
            contract: The contract as it is today.
            current: Full names of all contracts of today; an alias that is among them has its own history.
        """
        names = (contract.name, *(alias for alias in contract.aliases if alias not in current))
        return next((self.histories[name] for name in names if name in self.histories), None)
