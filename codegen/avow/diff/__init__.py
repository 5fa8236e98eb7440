"""What has changed between two states of a project's contracts, for people, and who reads whom.

    answer = compare(config.find(Path.cwd()), "customers.AddressChanged", 1, 3)
    answer.comparisons  # what differs, and who reads whom

What counts as a change is the business of `avow.changes`, and how changes are shown that of `avow.report.diff`.
"""

from __future__ import annotations

from avow.diff.answer import Answer
from avow.diff.baseline import compare_with
from avow.diff.released import compare

__all__ = ["Answer", "compare", "compare_with"]
