"""What makes a file, a schema or a tree of schemas invalid: all errors, since nothing can be generated."""

from __future__ import annotations

from avow.rules.schema import files, names, types

ROWS = (*files.ROWS, *types.ROWS, *names.ROWS)
