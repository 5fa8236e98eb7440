"""What is valid Avro and still should not be: the rules of `avow lint`."""

from __future__ import annotations

from avow.rules.lint import contracts, evolution, exceptions, layout, meaning

ROWS = (*layout.ROWS, *meaning.ROWS, *evolution.ROWS, *contracts.ROWS, *exceptions.ROWS)
