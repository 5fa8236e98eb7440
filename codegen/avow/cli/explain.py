"""`avow explain`."""

from __future__ import annotations

import textwrap

import click

from avow.rules import Rule
from avow.rules import rule as find

_WIDTH = 100


@click.command()
@click.argument("rule")
def command(rule: str) -> None:
    """Explain a rule: what it finds, why that is bad, and what to do."""
    click.echo(_page(find(rule)))


def _page(rule: Rule) -> str:
    parts = [f"{rule.id} ({rule.severity}, {rule.group})", _wrapped(rule.purpose)]
    parts += ["Why", _indented(_wrapped(rule.why, 2)), "What to do", _indented(_wrapped(rule.fix, 2))]
    if rule.example:
        parts += ["Example", _indented(rule.example)]
    return "\n\n".join(parts)


def _wrapped(prose: str, indent: int = 0) -> str:
    return "\n\n".join(textwrap.fill(paragraph, _WIDTH - indent) for paragraph in prose.split("\n\n"))


def _indented(text: str) -> str:
    return textwrap.indent(text, "  ")
