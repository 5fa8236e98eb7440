"""Start it: `python -m producers.portal`."""

from contracts.integrations.service import run
from producers.portal.service import build
from producers.portal.settings import Settings

if __name__ == "__main__":
    run("python -m producers.portal", Settings, build)
