"""`avow rules`."""

from __future__ import annotations

import click
import msgspec

from avow.rules import ALL, Rule


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one object a line.")
def command(form: str) -> None:
    """List the rules: id, severity and what each finds."""
    lines = _json() if form == "json" else _text()
    click.echo("\n".join(lines))


def _json() -> list[str]:
    return [msgspec.json.encode(rule).decode() for rule in ALL.values()]


def _text() -> list[str]:
    groups: dict[str, list[Rule]] = {}
    for rule in ALL.values():
        groups.setdefault(rule.group, []).append(rule)
    width = max(map(len, ALL), default=0)
    lines = []
    for group, rules in groups.items():
        lines += [group, *(f"  {rule.id:<{width}}  {rule.severity:<7}  {rule.purpose}" for rule in rules), ""]
    return lines[:-1]
