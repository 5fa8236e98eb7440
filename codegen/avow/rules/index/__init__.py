"""What the code of the services does and should not: found in the index of who uses what."""

from __future__ import annotations

from avow.rules.index import architecture, code

ROWS = (*architecture.ROWS, *code.ROWS)
"""In the order in which `avow rules` lists them."""
