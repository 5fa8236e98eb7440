"""What the commands share that ask the index: opening it, saying how old it is, completing names."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.json import encode

from avow import config
from avow.config import Project
from avow.errors import AvowError
from avow.index import Book, read

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or a JSON object a line."
)


def ask(ctx: click.Context) -> tuple[Project, Book]:
    """Return the project and its index; where that is older than the code, this is said."""
    gc.disable()  # a short run that makes many objects and drops few
    project = config.find(Path(ctx.obj))
    book = read(project)
    if book.is_stale(project):
        click.echo("avow: the index is older than the code; `avow generate` brings it up to date", err=True)
    elif not book.has_lines:
        click.echo("avow: the lines are not known here; `avow generate` finds them", err=True)
    return project, book


def json_line(value: object) -> str:
    """Return a value as one line of JSON."""
    return encode(value).decode()


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a type, a field or a service."""
    from click.shell_completion import CompletionItem

    from avow.index.questions.subject import completions

    try:
        book = read(config.find(Path(ctx.find_root().params.get("start") or ".")))
    except (AvowError, OSError):
        return []
    return [CompletionItem(each) for each in dict.fromkeys(completions(book, incomplete))]
