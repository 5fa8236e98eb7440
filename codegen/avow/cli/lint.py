"""`avow lint`."""

from __future__ import annotations

from pathlib import Path

import click

from avow import config
from avow.cli.outcome import exit_code
from avow.lint.linter import run
from avow.report import FORMATS, summary


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.pass_context
def command(ctx: click.Context, form: str, strict: bool) -> None:
    """Report what is wrong with schemas, or could be better.

    Exceptions are written beside the schema or in [tool.avow.lint], each with its reason.
    """
    findings = run(config.find(Path(ctx.obj)))
    click.echo(FORMATS[form](findings), nl=False)
    if findings:
        click.echo(summary(findings), err=form != "text")
    ctx.exit(exit_code(findings, strict=strict))
