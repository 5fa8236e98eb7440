"""`avow generate`."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import click

from avow import config
from avow.cli.outcome import exit_code
from avow.config import Project
from avow.generate import run as generate
from avow.index import run as index


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and exit with 1.")
@click.pass_context
def command(ctx: click.Context, check: bool) -> None:
    """Write the Python package of the project's schemas, and the index of who uses what of it.

    Only what changed is rendered, analysed and written. Should the run be killed, the package is the old one, the
    new one, or one that refuses to be imported and says so; the next run mends it.
    """
    gc.disable()  # a short run that makes many objects and drops few
    project = config.find(Path(ctx.obj).resolve())
    result = generate.run(project, check=check)
    if result.findings:
        _report(result)
        ctx.exit(exit_code(result.findings))
    if check and result.changes:
        _drift(ctx, project, generate.paths(result.changes), "the schemas have it")
    with nullcontext() if check else generate.alone(project):  # what one is about to rename, another clears up
        derived = index.run(project, check=check)  # of the package as it is now, so not where that is out of date
    if check and derived.changes:
        _drift(ctx, project, derived.changes, "the code has it")


def _drift(ctx: click.Context, project: Project, changes: Iterable[tuple[str, str]], should: str) -> None:
    found = list(changes)
    for path, what in found:
        click.echo(f"{project.settings.generated}/{path}: {what}")
    files = "1 file is" if len(found) == 1 else f"{len(found)} files are"
    click.echo(f"{files} not as {should}: run `avow generate`")
    ctx.exit(1)


def _report(result: generate.Result) -> None:
    from avow.report import FORMATS, summary

    click.echo(FORMATS["text"](result.findings), nl=False)
    click.echo(f"{summary(result.findings)}; nothing was generated")
