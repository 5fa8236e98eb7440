"""Columns, trees and colours. `click.echo` takes the colours out where no terminal looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from msgspec import Struct


class Branch(Struct, frozen=True):
    """A line of a tree and what hangs below it."""

    text: str
    below: tuple[Branch, ...] = ()


def plain(text: str) -> str:
    """Return text on one line, without characters that steer a terminal: names of files and docs may hold any."""
    flat = " ".join(text.split())
    return flat if flat.isprintable() else "".join(each if each.isprintable() else "\ufffd" for each in flat)


def strong(text: str) -> str:
    """Return text that stands out."""
    return click.style(plain(text), bold=True) if text else ""


def faint(text: str) -> str:
    """Return text that steps back."""
    return click.style(plain(text), dim=True) if text else ""


_COLOURS = {
    "send": "green",
    "handle": "cyan",
    "construct": "green",
    "write": "green",
    "maybe": "yellow",
    "escape": "red",
}


def coloured(kind: str, text: str) -> str:
    """Return text in the colour of a kind of fact."""
    return click.style(plain(text), fg=_COLOURS.get(kind)) if text else ""


def columns(rows: Iterable[Sequence[str]], indent: int) -> list[str]:
    """Return lines with the cells of rows below each other; the last cell is as long as it is."""
    found = [list(row) for row in rows]
    count = max(map(len, found), default=0)
    padded = [[*row, *[""] * (count - len(row))] for row in found]
    widths = [max((len(click.unstyle(row[n])) for row in padded), default=0) for n in range(count)]
    return [" " * indent + _joined(row, widths).rstrip() for row in padded]


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True))


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - len(click.unstyle(cell)))


def tree(root: Branch) -> list[str]:
    """Return the lines of a tree, drawn."""
    return [root.text, *_below(root, "")]


def _below(branch: Branch, margin: str) -> list[str]:
    lines = []
    for number, each in enumerate(branch.below):
        is_last = number == len(branch.below) - 1
        lines.append(f"{margin}{'└─ ' if is_last else '├─ '}{each.text}")
        lines += _below(each, margin + ("   " if is_last else "│  "))
    return lines
