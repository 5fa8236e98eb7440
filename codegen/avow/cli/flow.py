"""`avow flow`."""

from __future__ import annotations

import click

from avow.cli.asking import FORMAT, ask, complete, json_line


@click.command()
@click.argument("contract", shell_complete=complete)
@FORMAT
@click.pass_context
def command(ctx: click.Context, contract: str, form: str) -> None:
    """Show what happens downstream of a contract.

    Who handles it, what they send then, who handles that, and so on; a loop is shown as one. A service sends another
    contract then if its handler calls, at any remove, what builds it, and it sends such.
    """
    from avow.errors import AvowError
    from avow.index.questions.flow import flow
    from avow.index.questions.subject import subject
    from avow.show.flow import lines, render

    _, book = ask(ctx)
    meant = subject(book, contract)
    if not meant.type or meant.path:
        raise AvowError(f"{contract} is no contract", fix="`avow who` tells of fields and services.")
    found = flow(book, meant.type)
    if form == "json":
        click.echo("".join(f"{json_line(each)}\n" for each in lines(found)), nl=False)
    else:
        click.echo(render(found), nl=False)
