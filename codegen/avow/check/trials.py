"""The values on which upcasters are tried: the smallest of each old version, and those that the break is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avow.check.lifting import Message
from avow.compat import check
from avow.compat.datum import binary, text
from avow.compat.datum_smallest import Smallest
from avow.compat.witness import witness
from avow.config import Project
from avow.frozen import Version, schema
from avow.runtime.canonical import schema_text
from avow.runtime.schema import Record

_MOST = 100
"""Values of one version."""


def messages(project: Project, contract: Record, versions: Sequence[Version]) -> list[Message]:
    """Return values that versions of an older era may have written, each once.

    Args:
        project: Whose frozen files.
        contract: The contract as it is today: what it cannot read is what upcasters are for.
        versions: Live versions of one era.
    """
    found: dict[tuple[str, str], Message] = {}
    for version in versions:
        old = schema(project, version)
        written = schema_text(old)
        for shown, data, what in list(_values(contract, old))[:_MOST]:
            message = Message(written, data.hex(), f"{what} of version {version.number}, {shown}")
            found.setdefault((written, message.data), message)
    return list(found.values())


def _values(contract: Record, old: Record) -> Iterator[tuple[str, bytes, str]]:
    """Yield values of a version: as JSON, as bytes, and what they are."""
    smallest = Smallest(old, None).datum(old, None)
    if smallest is not None:
        yield text(smallest), binary(smallest), "the smallest value"
    for found in check(contract, old):
        shown = witness(found)
        if shown is not None:
            yield shown.json, shown.data, "a value"
