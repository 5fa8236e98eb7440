"""Start it: `python -m consumers.retention`."""

from consumers.retention.service import build
from consumers.retention.settings import Settings
from contracts.integrations.service import run

if __name__ == "__main__":
    run("python -m consumers.retention", Settings, build)
