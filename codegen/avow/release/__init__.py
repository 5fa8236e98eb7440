"""Freeze contracts as versions, and end versions whose time is over.

    result = release(project)
    result.findings  # errors: nothing was released then
    result.released  # what was frozen

The working schemas are edited in place; a release copies what changed to `schemas/released`, where it never changes
again. What may be released is decided by `avow.check`.
"""

from __future__ import annotations

from avow.release.onto import onto
from avow.release.retire import ended, retire
from avow.release.run import Result, release, unreleased

__all__ = ["Result", "ended", "onto", "release", "retire", "unreleased"]
