"""`avow check`."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import click

from avow import config
from avow.cli.outcome import exit_code
from avow.report import FORMATS, summary

_AGAINST = "A git ref, a folder or an archive (.zip, .tar, .tar.gz); may be given several times."


@click.command()
@click.option("--against", metavar="REF|DIR|ARCHIVE", multiple=True, help=_AGAINST)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.pass_context
def command(ctx: click.Context, against: tuple[str, ...], form: str, strict: bool) -> None:
    """Hold changes against what is released, or against a git ref.

    Each contract is held against its live released versions, as its level of compatibility demands, and with
    --against also against what it was elsewhere:

    \b
      avow check                           before a release, or on any day
      avow check --against origin/main     in CI, for a pull request
      avow check --against v1.zip          where there is no git

    Of a git ref that is the commit at which HEAD left it; what others did there since is not your change.
    Nothing is checked out and nothing written. A path that is there is taken for a path; refs/heads/x is a
    branch for sure.

    A finding says who cannot read whom, why, and what to do, with the smallest value that shows it. A break that
    is meant gets an exception, beside the schema or in [tool.avow.lint], with a reason and a last day:

    \b
      "except": {"FIELD_MISSING": {"reason": "Nobody reads it yet.", "until": "2030-12-31"}}

    Exit codes: 0 fine, 1 an error, 2 the check could not be made, such as for a ref that was not fetched.
    """  # noqa: D301 (click takes the character, and not its escape)
    from avow.check import resolve, run
    from avow.impact import usage

    gc.disable()  # a short run that makes many objects and drops few
    project = config.find(Path(ctx.obj))
    baselines = [resolve(project, each, Path(ctx.obj)) for each in against]
    for each in baselines:
        if each.note:
            click.echo(f"against {each.note}", err=True)
    findings = run(project, baselines, ask=partial(usage, project))
    click.echo(FORMATS[form](findings), nl=False)
    if findings:
        click.echo(summary(findings), err=form != "text")
    ctx.exit(exit_code(findings, strict=strict))
