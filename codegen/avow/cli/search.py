"""`avow search`."""

from __future__ import annotations

import click

from avow.cli.asking import FORMAT, ask, complete, json_line


@click.command()
@click.argument("words", nargs=-1, required=True, shell_complete=complete)
@FORMAT
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], form: str) -> None:
    """Find contracts and other types.

    By names, fields, owners and docs, the best match first. Words may be cut short; where nothing has them, what is
    spelt almost so is found.
    """
    from avow.index.questions.search import search
    from avow.show.search import render

    _, book = ask(ctx)
    found = search(book.catalogue, " ".join(words))
    if form == "json":
        rows = ({"name": each.name, "where": each.where, "kind": book.catalogue[each.name].kind} for each in found)
        click.echo("".join(f"{json_line(row)}\n" for row in rows), nl=False)
    elif found:
        click.echo(render(book.catalogue, found), nl=False)
    else:
        click.echo("nothing is called so, nor almost so", err=True)
