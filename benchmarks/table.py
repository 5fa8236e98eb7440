"""Prints rows as aligned plain text, so that a run can be pasted anywhere and two runs can be diffed."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[str]


def render(header: Row, rows: Sequence[Row]) -> str:
    """The table as text: first column to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    rule = ["-" * width for width in widths]
    return "\n".join(_line(row, widths) for row in (header, rule, *rows))


def show(title: str, header: Row, rows: Sequence[Row]) -> None:
    """Print a titled table and an empty line after it."""
    print(f"{title}\n\n{render(header, rows)}\n", flush=True)


def _line(row: Row, widths: list[int]) -> str:
    first, *numbers = (f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))
    return "  " + "  ".join([row[0].ljust(len(first)), *numbers]).rstrip()
