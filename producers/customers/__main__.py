"""Send a snapshot of every customer, so that replicas can be filled: `python -m producers.customers`.

They go into the outbox of customers; the service itself, where it runs, sends them from there.
"""

from __future__ import annotations

import os
import sys

from consumers.customers.settings import Settings
from consumers.customers.store import Customers

from contracts.integrations.outbox import IntegrationError, Outbox, connect
from contracts.integrations.service import read
from producers.customers.snapshots import send_snapshots


def main() -> None:
    """Send them; one line says how many, or why not."""
    settings = read(Settings, "python -m producers.customers", os.environ, sys.argv[1:])
    try:
        engine = connect(settings.database_url)
        outbox = Outbox("customers", prefix=settings.channel_prefix)
        print(f"{send_snapshots(engine, Customers(engine), outbox)} snapshots are in the outbox")
    except IntegrationError as error:
        sys.exit(f"customers: {error}")


if __name__ == "__main__":
    main()
