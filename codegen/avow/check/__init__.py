"""Hold the contracts of the working tree against what is released, and against other states of the project.

    findings = run(config.find(Path.cwd()), ["origin/main"])

What goes wrong between two schemas is found by `avow.compat`; here it is decided which pairs are held against each
other, in which direction, and what is said about it.
"""

from __future__ import annotations

from avow.check.baseline import Baseline
from avow.check.named import resolve
from avow.check.run import judge, run

__all__ = ["Baseline", "judge", "resolve", "run"]
