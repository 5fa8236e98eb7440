"""Start it: `python -m consumers.quoting`."""

from consumers.quoting.service import build
from consumers.quoting.settings import Settings
from contracts.integrations.service import run

if __name__ == "__main__":
    run("python -m consumers.quoting", Settings, build)
