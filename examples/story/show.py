"""How the story is shown: headings, tables, and a trace as a tree with times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from examples.story.collector import Span

_COLOURS = {"portal": "cyan", "customers": "green", "quoting": "yellow", "communications": "magenta"}
_BAR = 24
_LABEL = 74
_MILLION = 1e6


class Screen:
    """What a visitor reads; without a terminal it is plain text."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=True)

    def chapter(self, title: str, remark: str = "") -> None:
        """Begin a part."""
        self.console.print(f"\n[bold]{title}[/bold]" + (f"  [dim]{remark}[/dim]" if remark else ""))

    def say(self, text: str) -> None:
        """Print a line of the part."""
        self.console.print(f"  {text}")

    def quote(self, text: str) -> None:
        """Print what somebody else has written, as it is."""
        for line in text.rstrip().splitlines():
            self.console.print(f"    {escape(line)}".rstrip(), style="dim")

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print a table; all but its first column are numbers."""
        found = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
        for number, title in enumerate(titles):
            found.add_column(title, justify="right" if number else "left")
        for row in rows:
            found.add_row(*map(str, row))
        lines = Console(width=110, no_color=True, highlight=False)
        with lines.capture() as captured:
            lines.print(found)
        for number, line in enumerate(captured.get().rstrip().splitlines()):
            self.console.print(f"  {escape(line.rstrip())}", style="" if number else "dim")

    def trace(self, spans: Sequence[Span]) -> None:
        """Draw a trace as a tree, with when each step began, how long it took, and a bar of both."""
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        ids = {span.id for span in spans}
        for root in (span for span in spans if span.parent not in ids):
            for guide, span in _lines(spans, root):
                self.console.print(_line(guide, span, start, end))


def _lines(spans: Sequence[Span], root: Span) -> list[tuple[str, Span]]:
    """Return the steps below one, each with the lines that lead to it."""
    found = [("", root)]

    def below(parent: Span, guide: str) -> None:
        steps = sorted((span for span in spans if span.parent == parent.id), key=lambda span: span.start)
        for number, span in enumerate(steps, 1):
            is_last = number == len(steps)
            found.append((f"{guide}{'└ ' if is_last else '├ '}", span))
            below(span, f"{guide}{'  ' if is_last else '│ '}")

    below(root, "")
    return found


def _line(guide: str, span: Span, start: int, end: int) -> Text:
    scale = _BAR / max(end - start, 1)
    first = min(int((span.start - start) * scale), _BAR - 1)
    length = max(1, min(round((span.end - span.start) * scale), _BAR - first))
    colour = _COLOURS.get(span.service, "white")
    room = _LABEL - len(guide) - len(span.service) - 1
    line = Text("  ")
    line.append(guide, "dim")
    line.append(f"{span.service} ", colour)
    line.append(f"{span.name[:room]:{room}}")
    line.append(f"{(span.start - start) / _MILLION:6.0f} +{(span.end - span.start) / _MILLION:5.1f} ms  ", "dim")
    line.append(" " * first + "━" * length, colour)
    return line
