"""`avow impact`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avow import config
from avow.cli.asking import FORMAT, complete, json_line
from avow.cli.outcome import exit_code
from avow.errors import AvowError

if TYPE_CHECKING:
    from avow.config import Project
    from avow.diff import Answer
    from avow.finding import Finding, Use
    from avow.impact import Impact, Usage


@click.command()
@click.argument("name", default="", metavar="[NAME]", shell_complete=complete)
@click.option("--against", metavar="REF|DIR|ARCHIVE", help="Another state of the project, in place of the releases.")
@FORMAT
@click.pass_context
def command(ctx: click.Context, name: str, against: str | None, form: str) -> None:
    """Show whom the changes of contracts hit, and which services take them first.

    \b
      avow impact                              all that differs from its latest version
      avow impact customers.AddressChanged     one contract
      avow impact --against origin/main        since HEAD left a git ref, or from a folder or an archive

    Of each change that code could notice, this is who uses the place: BREAKS (it is known), MAYBE (a field of that
    name on something whose type is not known), UNKNOWN (the value goes where it cannot be followed), or no known use,
    which is no proof. The index is brought up to date first.

    Exit codes: 0 the question is answered, 1 a schema cannot be read, 2 there is no such contract or state.
    """  # noqa: D301 (click takes the character, and not its escape)
    gc.disable()  # a short run that makes many objects and drops few
    from avow.impact import impacts

    project = config.find(Path(ctx.obj))
    answer = _answer(ctx, project, name, against)
    _refuse(ctx, answer.findings)
    found = list(impacts(_usage(ctx, project, answer).book, answer.comparisons))
    if form == "json":
        click.echo("".join(f"{json_line(row)}\n" for each in found for row in _rows(each)), nl=False)
    else:
        from avow.show.impact import render

        click.echo(render(found), nl=False)


def _refuse(ctx: click.Context, findings: Sequence[Finding]) -> None:
    """End where schemas or released versions cannot be read."""
    if findings:
        from avow.report import FORMATS, summary

        click.echo(f"{FORMATS['text'](findings)}{summary(findings)}", err=True)
        ctx.exit(exit_code(findings))


def _answer(ctx: click.Context, project: Project, name: str, against: str | None) -> Answer:
    from avow import diff

    if against is None:
        return diff.compare(project, name)
    from avow.check import resolve

    baseline = resolve(project, against, Path(ctx.obj))
    if baseline.note:
        click.echo(f"against {baseline.note}", err=True)
    return diff.compare_with(project, baseline, name)


def _usage(ctx: click.Context, project: Project, answer: Answer) -> Usage:
    from avow.impact import usage
    from avow.load.tree import load

    before = [each.before.contract for each in answer.comparisons]
    found = usage(project, [contract for contract in before if contract is not None])
    if found is None:
        _refuse(ctx, load(project).findings)
        folders = f"{project.settings.producers}/ nor {project.settings.consumers}/"
        what = f"there is nobody to be asked: neither {folders} is there"
        raise AvowError(what, fix="`avow diff` shows the changes themselves.")
    return found


def _rows(each: Impact) -> Iterator[dict[str, object]]:
    """Yield an object for each change."""
    head = {"contract": each.comparison.contract, "from": each.comparison.before.label}
    head["to"] = each.comparison.after.label
    for affected in each.affected:
        change = affected.change
        if change is None:
            said = {"kind": "removed", "what": "whole contract", "path": "", "owner": head["contract"], "field": ""}
        else:
            said = {"kind": change.kind, "what": change.what, "path": change.path}
            said |= {"owner": change.owner, "field": change.field}
        yield {**head, **said, "uses": [_use(use) for use in affected.uses], "rollout": each.rollout}


def _use(use: Use) -> dict[str, object]:
    place = {"file": use.place.file, "line": use.place.line}
    return {"status": use.status, **place, "service": use.service, "what": use.what}
