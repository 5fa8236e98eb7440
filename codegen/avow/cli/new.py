"""`avow new`."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from avow import config, tense
from avow.scaffold.contract import PATTERNS, Pattern
from avow.scaffold.new import draft, new


@click.command()
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(get_args(tense.Kind)),
    help="What it is. [default: what the name's tense says]",
)
@click.option("--pattern", type=click.Choice(PATTERNS), help="How much an event carries. [default: notification]")
@click.option(
    "--owner", metavar="SERVICE", default="", help="The service that answers for it. [default: the namespace]"
)
@click.option("--doc", metavar="TEXT", default="", help="What it says. [default: a sentence made of the name]")
@click.pass_obj
def command(start: Path, name: str, kind: tense.Kind | None, pattern: Pattern | None, owner: str, doc: str) -> None:
    """Write a complete contract from a name such as customers.AddressChanged.

    The name is a full one, or what follows the root namespace in it. Its tense says what it is:
    AddressChanged is an event, ChangeAddress a command, GetAddress a query, AddressSnapshot a snapshot.
    """
    project = config.find(start)
    planned = draft(project.settings.namespace, name, kind=kind, pattern=pattern, owner=owner, doc=doc)
    path = new(project, planned)
    what = f"{planned.kind}, {planned.pattern}" if planned.pattern else planned.kind
    click.echo(f"{project.name(path)}: {what}; edit its fields, then run `avow generate`")
