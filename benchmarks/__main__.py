"""`python -m benchmarks` measures everything, `python -m benchmarks codec import` the parts named."""

from __future__ import annotations

import platform
import sys

from benchmarks import check, codec, compat, faststream, generate, imports, index, versions

PARTS = {
    "codec": codec.main,
    "versions": versions.main,
    "generate": generate.main,
    "import": imports.main,
    "compat": compat.main,
    "check": check.main,
    "faststream": faststream.main,
    "index": index.main,
}


def main(wanted: list[str]) -> int:
    """Run the parts; 2 when one is not known."""
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        print(f"unknown part {', '.join(unknown)}; the parts are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"{platform.python_implementation()} {platform.python_version()} on {platform.machine()}\n")
    for part in wanted or PARTS:
        PARTS[part]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
