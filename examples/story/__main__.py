"""Run the story: `python -m examples.story`."""

from __future__ import annotations

import sys

from examples.story.demo import main

if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"story: {error}")
