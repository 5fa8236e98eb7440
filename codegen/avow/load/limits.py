"""How much of a file is read, so that no file can hang or crash the tool."""

from __future__ import annotations

MAX_BYTES = 16 * 1024 * 1024
"""Size of a schema file. The largest of four public collections has 46 kB."""
MAX_DEPTH = 800
"""Levels of JSON nesting: enough for 200 records in one another, each in a union. Real schemas stay below 30,
and C `json` gives up near 1000, less what stack is used."""
MAX_DIGITS = 1000
"""Characters of a number. The time to read one grows with the square of its length."""
MAX_SLIPS = 10
"""A text with more mistakes than this is no JSON at all, and a longer list helps nobody."""
