"""What a change may break: the rules of `avow check` and `avow release`.

The example of a rule about two schemas begins with the version that is released, then has the change that breaks it,
under `Before`, and a change that does not, under `After`.
"""

from __future__ import annotations

from avow.rules.compat import eras, meaning, names, releases, shape

PAIRS = (*shape.ROWS, *names.ROWS, *meaning.ROWS)
"""The rules about two schemas, a reader's and a writer's: those of `avow.compat`."""
ROWS = (*PAIRS, *releases.ROWS, *eras.ROWS)
