"""What is released: the frozen versions of every contract, below `schemas/released`.

    found = read(project)
    found.findings  # what is missing there, or was tampered with
    history = found.histories["insurance.customers.AddressChanged"]
    schema(project, history.live[-1])  # the model of the version that is on the wire

    released/<full.name>/<number>.avsc   one version: self-contained, never changed again
    released/<full.name>/versions.json   one row a version: what it is told by, and when it was current

Only `avow release` and `avow retire` write there.
"""

from __future__ import annotations

from avow.frozen.history import FIRST_ERA, Frozen, History, Row, Version, Versions
from avow.frozen.identity import checksum, identity, mark
from avow.frozen.read import VERSIONS, read, schema, stamps

__all__ = [
    "FIRST_ERA",
    "VERSIONS",
    "Frozen",
    "History",
    "Row",
    "Version",
    "Versions",
    "checksum",
    "identity",
    "mark",
    "read",
    "schema",
    "stamps",
]
