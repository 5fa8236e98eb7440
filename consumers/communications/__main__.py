"""Start it: `python -m consumers.communications`."""

from consumers.communications.service import build
from consumers.communications.settings import Settings
from contracts.integrations.service import run

if __name__ == "__main__":
    run("python -m consumers.communications", Settings, build)
