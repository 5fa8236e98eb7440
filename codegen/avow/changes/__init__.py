"""What differs between two schemas, as data: changes, each with its path.

    for change in changes(old, new):  # two models of a schema
        print(change.kind, change.what, change.path)

Whether a change breaks anybody is decided by `avow.compat`.
"""

from __future__ import annotations

from avow.changes.change import NOTHING, Change
from avow.changes.walk import changes

__all__ = ["NOTHING", "Change", "changes"]
