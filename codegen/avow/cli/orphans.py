"""`avow orphans`."""

from __future__ import annotations

import click
from msgspec.structs import asdict

from avow.cli.asking import FORMAT, ask, json_line


@click.command()
@FORMAT
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List contracts that nobody reads or nobody sends, and commands with two handlers.

    What travels outside of this repository looks the same: the index knows its services only.
    """
    from avow.index.questions.orphans import orphans
    from avow.show.orphans import render

    _, book = ask(ctx)
    found = orphans(book)
    if form == "json":
        click.echo("".join(f"{json_line(asdict(each))}\n" for each in found), nl=False)
    else:
        click.echo(render(found), nl=False)
