"""Runs of the command that end by SIGKILL at a chosen moment, and what can be imported after them.

Each run is a forked child, which saves the start-up: hundreds of moments are tried.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.support.project import forget_package
from tests.support.trees import CACHES

import avow.cli.generate
import avow.generate.build  # noqa: F401
from avow.generate.package import environment

for _each in environment().list_templates():  # here once, as are the imports, and not in each child
    environment().get_template(_each)

EPOCH = 1_700_000_000_000_000_000
"""When everything is written, in nanoseconds: always in the same second, as far as bytecode can tell."""

WRITES = frozenset(
    {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.utime", "os.truncate", "os.link", "os.symlink"}
)


def in_child(do: Callable[[], int]) -> int:
    """Return the exit code of a child that does something; minus the signal where one ended it."""
    pid = os.fork()
    if not pid:
        code = 70
        try:
            code = do()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def generate(root: Path, moment: int = -1) -> int:
    """Run `avow generate` and return its exit code; killed before it changes the disk for the nth time, if it does.

    All files get the same time. The middle of a write counts as a moment too.
    """

    def run() -> int:
        from avow import cli

        _Killer(moment).install()
        return cli.run(["-C", str(root), "generate"])

    return in_child(run)


def moments(root: Path) -> int:
    """Run `avow generate` and return how many moments there were to kill it."""
    counted = root / "moments"

    def run() -> int:
        from avow import cli

        killer = _Killer(-1)
        killer.install()
        code = cli.run(["-C", str(root), "generate"])
        count = -1 - killer.left
        counted.write_text(str(count))
        return code

    assert in_child(run) == 0
    return int(counted.read_text())


class _Killer:
    def __init__(self, moment: int) -> None:
        self.left = moment
        self.quiet = False

    def install(self) -> None:
        Path.write_bytes = self.write_bytes()  # type: ignore[method-assign]
        sys.addaudithook(self.heard)

    def heard(self, event: str, args: tuple[Any, ...]) -> None:
        if event in WRITES or (event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)):
            self.tick()

    def tick(self) -> None:
        if self.quiet:
            return
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def write_bytes(self) -> Callable[[Path, bytes], int]:
        def write(path: Path, data: bytes) -> int:
            with path.open("wb") as file:
                file.write(data[: len(data) // 2])
                file.flush()
                self.tick()
                file.write(data[len(data) // 2 :])
            self.quiet = True
            os.utime(path, ns=(EPOCH, EPOCH))
            self.quiet = False
            return len(data)

        return write


OLD, NEW, REFUSED, ABSENT, MIXED = range(5)


def state(folder: Path, package: str, old: set[str], new: set[str]) -> int:
    """Return as what a package imports in a fresh interpreter.

    ``old`` and ``new`` are the full names of its types; those that both have begin with a field `f_old` or `f_new`.
    """
    return in_child(lambda: _state(folder, package, old, new))


def _state(folder: Path, package: str, old: set[str], new: set[str]) -> int:
    forget_package(package)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        module = importlib.import_module(package)
    except ModuleNotFoundError as error:
        return ABSENT if error.name == package else MIXED
    except ImportError as error:
        message = f"{package} is half written: generation was interrupted or is under way; run `avow generate`"
        return REFUSED if str(error) == message else MIXED
    if module.__file__ is None and all(
        path.name[0] == "." or path.name == CACHES for path in (folder / package).iterdir()
    ):
        return ABSENT  # there is a folder, and no more than a temporary file or __pycache__ in it
    try:
        names, fields = _contents(package)
    except Exception as error:
        print(f"{package} imports, and then: {error!r}", file=sys.stderr, flush=True)
        return MIXED
    if (names, fields) == (old, {"f_old"}):
        return OLD
    return NEW if (names, fields) == (new, {"f_new"}) else MIXED


def _contents(package: str) -> tuple[set[str], set[str]]:
    """Return the names of all types, and the first fields that classes, codecs and schemas know."""
    root = importlib.import_module(package)
    found = importlib.import_module(f"{package}._registry")
    fields = set()
    for module, class_name, codec_name, _ in found.TYPES.values():
        class_ = getattr(importlib.import_module(f"{package}.{module}"), class_name)
        codec = importlib.import_module(f"{package}.{codec_name}")
        assert codec.FINGERPRINT in found.ROOTS
        event = root.decode(root.encode(root.testing.sample(class_)))
        fields |= {class_.__struct_fields__[0], json.loads(codec.SCHEMA)["fields"][0]["name"], *_with_values(event)}
    return set(found.TYPES), fields


def _with_values(event: Any) -> Iterator[str]:
    """Yield the first field of an event, as it was decoded."""
    yield from (name for name in event.__struct_fields__ if hasattr(event, name) and name != "next")
