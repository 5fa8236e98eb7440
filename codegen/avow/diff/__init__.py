"""What has changed between two states of contracts, for people: changes as data, each with its path.

    for change in changes(old, new):  # two models of a schema
        print(change.kind, change.what, change.path)

    answer = compare(config.find(Path.cwd()), "customers.AddressChanged", 1, 3)
    answer.comparisons  # what differs, and who reads whom

Whether a change breaks anybody is decided by `avow.compat`; how changes are shown is the business of
`avow.report.diff`.
"""

from __future__ import annotations

from avow.diff.answer import Answer
from avow.diff.baseline import compare_with
from avow.diff.change import NOTHING, Change
from avow.diff.released import compare
from avow.diff.walk import changes

__all__ = ["NOTHING", "Answer", "Change", "changes", "compare", "compare_with"]
