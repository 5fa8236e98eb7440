"""Source text line by line, with indentation and fresh names."""

from __future__ import annotations

from typing import Final

_INDENTS: Final = ["    " * depth for depth in range(100)]


class Lines:
    """The body of a function in the making.

    with out.block("if ready:"):
        out.add("go()")
    """

    def __init__(self) -> None:
        self.depth = 1
        self._lines: list[str] = []
        self._count = 0

    def add(self, line: str) -> None:
        """Add a line at the current depth."""
        self._lines.append(_INDENTS[self.depth] + line)

    def fresh(self, prefix: str) -> str:
        """Return a name that is new in this function."""
        self._count += 1
        return f"{prefix}{self._count}"

    def block(self, head: str) -> Lines:
        """Add a line; inside of a ``with``, what follows stands one level below it."""
        self.add(head)
        return self

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1

    def text(self) -> str:
        """Return all lines."""
        return "\n".join(self._lines)
