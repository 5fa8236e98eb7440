"""What is wrong with what the code does, as findings: the rules of `avow.rules.index`, one function each.

    findings(project, index, tree)

To add a rule, put a row into `avow/rules/index/`, write its check here, and name it in its file's `CHECKS`.
"""

from __future__ import annotations

from avow.index.checks.run import finding, findings, hits

__all__ = ["finding", "findings", "hits"]
