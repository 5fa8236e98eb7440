"""A command line that shows a stored event."""
import sys
from pathlib import Path

import click
import contracts
from contracts.parcels import ParcelShipped


@click.command()
@click.argument("path", type=Path)
@click.option("--labels", is_flag=True)
def show(path, labels):
    shipped = contracts.decode(path.read_bytes(), ParcelShipped)  #: H ParcelShipped
    click.echo(shipped.parcel_id)  #: R ParcelShipped.parcel_id
    if labels:
        for key, label in sorted(shipped.labels.items()):  #: R ParcelShipped.labels
            click.echo(f"{key}: {label.text}", err=label.colour == "red")  #: R Label.text, R Label.colour


if __name__ == "__main__":
    sys.exit(show())
