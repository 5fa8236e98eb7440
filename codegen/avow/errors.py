"""Why avow could not do its work: errors that end in exit code 2 and one message.

What is wrong with a schema is not an error here but a Finding: data, of which there may be many.
"""

from __future__ import annotations


class AvowError(Exception):
    """The tool could not do what it was asked to.

    Attributes:
        what: What was found, as a sentence without its full stop.
        fix: What the user can do about it; may be empty.
        file: The file it is about, posix and relative to the project root where it is inside; may be empty.
        line: The line in that file, 1-based; 0 where no line is to blame.
    """

    def __init__(self, what: str, *, fix: str = "", file: str = "", line: int = 0) -> None:
        super().__init__(what, fix, file, line)
        self.what = what
        self.fix = fix
        self.file = file
        self.line = line

    def __str__(self) -> str:
        """The message as the command line shows it: place and what was found; the fix on the next line."""
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.what}" + (f"\n  {self.fix}" if self.fix else "")


class ConfigError(AvowError):
    """The project cannot be found, or its settings cannot be used."""
