"""Run the story, or one part of it: `python -m examples.story [trace|notification|state-transfer|edges]`."""

from __future__ import annotations

import argparse
import sys

from examples.story.demo import main, part

PARTS = ("trace", "notification", "state-transfer", "edges")

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m examples.story", description="The insurance story, running.")
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part alone; by default all of it")
    chosen = parser.parse_args().part
    try:
        part(chosen) if chosen else main()
    except RuntimeError as error:
        sys.exit(f"story: {error}")
