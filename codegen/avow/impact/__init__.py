"""What changes, joined with who uses it.

    usage(project)             # for `avow.check.run`, so that findings say whom they hit
    impacts(book, comparisons) # for `avow impact`: all that differs, and whom it hits

What changes is found by `avow.changes`, `avow.diff` and `avow.check`, who uses it by `avow.index`; none of them knows
the other side.
"""

from __future__ import annotations

from avow.impact.affected import Affected, Impact, impacts
from avow.impact.usage import Usage, usage

__all__ = ["Affected", "Impact", "Usage", "impacts", "usage"]
