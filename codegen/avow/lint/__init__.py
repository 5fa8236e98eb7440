"""Check schemas that are valid Avro for what will hurt later: the rules of `avow rules`, one function each.

findings = run(config.find(Path.cwd()))
"""

from __future__ import annotations

from avow.lint.linter import run

__all__ = ["run"]
