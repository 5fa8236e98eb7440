"""Start it: `python -m consumers.customers`."""

from consumers.customers.service import build
from consumers.customers.settings import Settings
from contracts.integrations.service import run

if __name__ == "__main__":
    run("python -m consumers.customers", Settings, build)
