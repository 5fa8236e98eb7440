"""Replays files of events: typer on the command line."""

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from contracts import from_json
from contracts.orders import OrderPlaced

cli = typer.Typer()


class By(str, Enum):
    customer = "customer"
    clerk = "clerk"


@cli.command()
def totals(folder: Path, by: By = By.customer, unit: Annotated[Optional[str], typer.Option()] = None) -> None:
    sums: dict[str, int] = {}
    for path in sorted(folder.glob("*.json")):
        order = from_json(OrderPlaced, path.read_bytes())  #: H OrderPlaced
        if unit and order.total.unit != unit:  #: R OrderPlaced.total, R Amount.unit
            typer.echo(f"{path.name}: {order.order_id} is in {order.total.unit}", err=True)  #: R OrderPlaced.order_id, R OrderPlaced.total, R Amount.unit
            continue
        key = order.customer if by is By.customer else order.placed_by  #: R OrderPlaced.customer, R OrderPlaced.placed_by
        sums[key] = sums.get(key, 0) + order.total.value  #: R OrderPlaced.total, R Amount.value
    for name, value in sorted(sums.items(), key=lambda pair: -pair[1]):
        typer.echo(f"{name:<20}{value:>10}")


if __name__ == "__main__":
    cli()
