"""`avow retire`."""

from __future__ import annotations

from pathlib import Path

import click

from avow import config


@click.command()
@click.argument("versions", nargs=-1, metavar="[NAME[@NUMBER]]...")
@click.option("--early", is_flag=True, help="Also before the contract's retention is over.")
@click.pass_context
def command(ctx: click.Context, versions: tuple[str, ...], early: bool) -> None:
    """End versions of which nothing is left on the wire, in a store, or in a deployed reader.

    Nothing is held against them any more, and decoders for them are no longer generated; their files stay. Without
    a name it lists the versions that a newer one has followed, and since when or until when their retention lasts:

    \b
      avow retire
      avow retire customers.AddressChanged@1     one version
      avow retire customers.AddressChanged       all that are live, of a contract that is gone
    """  # noqa: D301 (click takes the character, and not its escape)
    from avow import release

    project = config.find(Path(ctx.obj))
    if versions:
        for version in release.retire(project, versions, early=early):
            click.echo(f"{version.name}@{version.number}: retired")
        return
    for history, version, day in release.ended(project):
        kept = f"retention is over on {day}" if day else "no retention is known"
        click.echo(f"{history.name}@{version.number}: released on {version.released}, {kept}")
