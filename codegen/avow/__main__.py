"""`python -m avow`, the same as the command `avow`."""

from __future__ import annotations

from avow.cli import main

if __name__ == "__main__":
    main()
