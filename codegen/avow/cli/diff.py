"""`avow diff`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from avow import config
from avow.cli.outcome import exit_code
from avow.report import FORMATS, summary

if TYPE_CHECKING:
    from avow.diff import Answer

_COLOURS: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
    "changed": {"fg": "yellow"},
}


@click.command()
@click.argument("name", default="", metavar="[NAME]")
@click.argument("first", type=click.IntRange(min=1), required=False, metavar="[FROM]")
@click.argument("last", type=click.IntRange(min=1), required=False, metavar="[TO]")
@click.option("--against", metavar="REF|DIR|ARCHIVE", help="Another state of the project, in place of a version.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one change a line.")
@click.pass_context
def command(ctx: click.Context, name: str, first: int | None, last: int | None, against: str | None, form: str) -> None:
    """Show what has changed in contracts since their release, or between any two of their versions.

    \b
      avow diff                                   all that differs from its latest version
      avow diff customers.AddressChanged          one contract, from its latest version
      avow diff customers.AddressChanged 1        from version 1 to the working tree
      avow diff customers.AddressChanged 1 3      from version 1 to version 3
      avow diff --against origin/main [NAME]      from where HEAD left a git ref, or from
                                                  a folder or an archive

    Each contract begins with who can read whom; then come the fields that came (+), went (-) or are others now (~),
    those inside of records, lists, maps and unions by their path. Nothing is printed where nothing has changed.

    Exit codes: 0 the question is answered, 1 a schema cannot be read, 2 there is no such version or state.
    """  # noqa: D301 (click takes the character, and not its escape)
    from avow import diff

    if against is not None and first is not None:
        raise click.UsageError("--against takes the place of FROM and TO")
    project = config.find(Path(ctx.obj))
    if against is None:
        answer = diff.compare(project, name, first or 0, last or 0)
    else:
        from avow.check import resolve

        baseline = resolve(project, against, Path(ctx.obj))
        if baseline.note:
            click.echo(f"against {baseline.note}", err=True)
        answer = diff.compare_with(project, baseline, name)
    _show(answer, form)
    if answer.findings:
        click.echo(f"{FORMATS['text'](answer.findings)}{summary(answer.findings)}", err=True)
    ctx.exit(exit_code(answer.findings))


def _show(answer: Answer, form: str) -> None:
    if form == "json":
        from avow.report.diff.json_lines import render

        click.echo(render(answer.comparisons), nl=False)
        return
    from avow.report.diff.text import lines

    is_plain = bool(os.environ.get("NO_COLOR"))
    for line in lines(answer.comparisons):
        click.echo(click.style(line.text, **_COLOURS.get(line.style, {})), color=False if is_plain else None)
