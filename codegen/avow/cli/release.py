"""`avow release`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from avow import config
from avow.cli.outcome import exit_code
from avow.finding import Finding
from avow.report import FORMATS, summary

_CHECK = "Write nothing; fail when something would reach the wire unreleased."
_ERA = "Let contracts that break what is live begin an era of this name."
_ONTO = "Number anew what only this branch has released, behind what a ref has."


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--check", is_flag=True, help=_CHECK)
@click.option("--new-era", metavar="NAME", default="", help=_ERA)
@click.option("--onto", metavar="REF", default="", help=_ONTO)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], check: bool, new_era: str, onto: str, form: str) -> None:
    """Freeze the contracts that changed, all or those named, as their next version.

    Each becomes a self-contained file below schemas/released that never changes again, and with which every later
    change has to go. What breaks a live version, or takes a field that is used, is refused:

    \b
      avow release                              freeze all that changed
      avow release customers.AddressChanged     freeze one contract
      avow release --check                      is all of it released? for the branch that is deployed
      avow release --new-era Era2               a break that is meant; the function that lifts old
                                                values is written as a stub beside the schema
      avow release --onto origin/main           two branches released a version of one number

    Exit codes: 0 fine, 1 an error, nothing was released then, 2 it could not be done.
    """  # noqa: D301 (click takes the character, and not its escape)
    if sum(map(bool, (check, new_era, onto))) > 1 or (onto and names):
        raise click.UsageError("--check, --new-era and --onto exclude one another, and --onto is about all contracts")
    from avow import release
    from avow.impact import usage

    project = config.find(Path(ctx.obj))
    if check:
        _end(ctx, release.unreleased(project, names), form)
    result = (
        release.onto(project, onto)
        if onto
        else release.release(project, names, new_era=new_era, ask=partial(usage, project))
    )
    for each in result.released:
        before = f", version {each.before} until now" if each.before else ""
        click.echo(f"{each.file}: version {each.number} of {each.name}{before}", err=form != "text")
        if each.stub:
            click.echo(f"{each.stub}: write the function that lifts the older era", err=form != "text")
    _end(ctx, result.findings, form)


def _end(ctx: click.Context, findings: list[Finding], form: str) -> None:
    click.echo(FORMATS[form](findings), nl=False)
    if findings:
        click.echo(summary(findings), err=form != "text")
    ctx.exit(exit_code(findings))
