"""`avow fmt`."""

from __future__ import annotations

from pathlib import Path

import click

from avow import config
from avow.fmt.run import Result, run
from avow.report.text import render


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and exit with 1.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], check: bool) -> None:
    """Format schemas: the files and folders named, or all of the project.

    The content stays the same to the last digit; frozen versions are left alone.
    """
    start = Path(ctx.obj).resolve()
    project = config.search(start) if paths else config.find(start)
    result = run(start, paths, project, check=check)
    click.echo(_text(result, check=check), nl=False)
    ctx.exit(1 if result.findings or (check and result.changed) else 0)


def _text(result: Result, *, check: bool) -> str:
    verb = "would be formatted" if check else "formatted"
    lines = "".join(f"{name}: {verb}\n" for name in result.changed)
    lines += render(result.findings)
    if check and result.changed:
        lines += f"{len(result.changed)} of {result.files} files would change: run `avow fmt`\n"
    return lines
