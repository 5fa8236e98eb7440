"""`avow who`."""

from __future__ import annotations

from pathlib import Path

import click

from avow import config
from avow.cli.asking import FORMAT, ask, complete, json_line
from avow.cli.outcome import exit_code
from avow.errors import AvowError
from avow.index import Fact


@click.command()
@click.argument("name", required=False, shell_complete=complete)
@FORMAT
@click.pass_context
def command(ctx: click.Context, name: str | None, form: str) -> None:
    """Show who uses a type or a field, or what a service uses.

    \b
      avow who AddressChanged                    a type, by its full name or the end of it
      avow who AddressChanged.address.postcode   a field, also behind other fields
      avow who quoting                           a service
      avow who --format json                     every fact there is, brought up to date first

    A use is known from the code, or may be one (`maybe`: a field of that name on something whose type is not known).
    What is `lost` goes where it cannot be followed: any of its fields may be used there. "No known use" says what it
    says; it is no proof that nobody needs the field.
    """  # noqa: D301 (click takes the character, and not its escape)
    if form == "json":
        _bring_up(ctx)
    if name is None:
        _all(ctx, form)
        return
    from avow.index.questions.subject import subject
    from avow.index.questions.who import who
    from avow.show.who import render

    project, book = ask(ctx)
    meant = subject(book, name)
    facts = who(book, meant)
    if form == "json":
        click.echo("".join(f"{json_line(_object(fact))}\n" for fact in facts), nl=False)
    else:
        click.echo(render(book, meant, facts, project.settings.namespace), nl=False)


def _all(ctx: click.Context, form: str) -> None:
    if form != "json":
        raise click.UsageError("name a type, a field or a service, or ask for all facts with --format json", ctx)
    _, book = ask(ctx)
    click.echo("".join(f"{json_line(_object(fact))}\n" for fact in book.facts()), nl=False)


def _bring_up(ctx: click.Context) -> None:
    """What programs get is as the code is now."""
    from avow.generate import run as generate
    from avow.index import run as index

    project = config.find(Path(ctx.obj))
    package = generate.run(project, check=True)
    if package.findings:
        from avow.report import FORMATS, summary

        click.echo(FORMATS["text"](package.findings) + summary(package.findings), err=True)
        ctx.exit(exit_code(package.findings))
    if package.changes:
        what = "the generated package is not as the schemas have it, so the code cannot be read by it"
        raise AvowError(what, file=project.settings.generated, fix="Run `avow generate`.")
    index.run(project, files=False)


def _object(fact: Fact) -> dict[str, object]:
    return {
        "file": fact.file,
        "line": fact.line,
        "kind": fact.kind,
        "type": fact.type,
        "field": fact.field,
        "service": fact.service,
        "function": fact.function,
        "reason": fact.reason,
        "via": fact.via,
    }
