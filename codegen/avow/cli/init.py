"""`avow init`."""

from __future__ import annotations

from pathlib import Path

import click

from avow.scaffold.init import Done
from avow.scaffold.init import init as set_up


@click.command()
@click.option("--schemas", metavar="DIR", default="", help="Folder of the schemas. [default: where .avsc files are]")
@click.option("--namespace", metavar="NAME", help="Root namespace. [default: what the schemas share]")
@click.option("--package", metavar="NAME", default="contracts", help="Import name of the generated package.")
@click.pass_obj
def command(start: Path, schemas: str, namespace: str | None, package: str) -> None:
    """Set up a repository, an empty one or one that has schemas already.

    Adds the settings to pyproject.toml, and an example contract where there are no schemas yet.
    """
    done = set_up(start.resolve(), schemas=schemas, namespace=namespace, package=package)
    click.echo("\n".join([*_done(done), "", *_next(done)]))


def _done(done: Done) -> list[str]:
    settings = done.project.settings
    lines = [f"{done.project.name(path)}: {_what(path)}" for path in done.written]
    if done.found.count:
        files = "1 schema" if done.found.count == 1 else f"{done.found.count} schemas"
        root = f"below the namespace {settings.namespace}" if settings.namespace else "without a common namespace"
        lines.insert(0, f"found {files} in {settings.schemas}, {root}")
    return lines


def _what(path: Path) -> str:
    return {"pyproject.toml": "the settings, in [tool.avow]", ".gitignore": "leaves out .avow/"}.get(
        path.name, "an example, to edit or to delete"
    )


def _next(done: Done) -> list[str]:
    settings = done.project.settings
    steps = {
        "avow generate": f"write the Python package {settings.generated}/{settings.package}",
        "avow new customers.NameChanged": "write another contract",
        "avow lint": "see what could be better",
    }
    return ["Next:", *(f"  {step:<32}{what}" for step, what in steps.items())]
