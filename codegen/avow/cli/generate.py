"""`avow generate`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from avow import config
from avow.cli.outcome import exit_code
from avow.generate.run import Result, paths, run


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and exit with 1.")
@click.pass_context
def command(ctx: click.Context, check: bool) -> None:
    """Write the Python package of the project's schemas: typed classes and their codecs.

    Only what changed is rendered and written. Should the run be killed, the package is the old one, the new
    one, or one that refuses to be imported and says so; the next run mends it.
    """
    gc.disable()  # a short run that makes many objects and drops few
    project = config.find(Path(ctx.obj).resolve())
    result = run(project, check=check)
    if result.findings:
        _report(result)
        ctx.exit(exit_code(result.findings))
    if check and result.changes:
        for path, what in paths(result.changes):
            click.echo(f"{project.settings.generated}/{path}: {what}")
        count = sum(1 for _ in paths(result.changes))
        files = "1 file is" if count == 1 else f"{count} files are"
        click.echo(f"{files} not as the schemas have it: run `avow generate`")
        ctx.exit(1)


def _report(result: Result) -> None:
    from avow.report import FORMATS, summary

    click.echo(FORMATS["text"](result.findings), nl=False)
    click.echo(f"{summary(result.findings)}; nothing was generated")
