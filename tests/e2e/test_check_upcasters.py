"""Upcasters: found in the text of their file, and run in a process of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from avow.check.lifting import Failure, Job, Message, lift
from avow.config import Project, Settings
from avow.load import upcasters

PACKAGE = """
class MovedEra1:
    street = "x"
class MovedEra2:
    street = "x"
class Moved:
    def __init__(self, line):
        self.line = line
def encode(value):
    assert isinstance(value, Moved), "not today's class"
    return value.line.encode()
"""
TESTING = "def sample(cls, **changes):\n    return cls()\n"
HEAD = "from contracts import Moved, MovedEra1, MovedEra2\n"
GOOD = "def upcast(old: MovedEra1) -> Moved:\n    return Moved(old.street)\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    package = tmp_path / "generated/contracts"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(PACKAGE)
    (package / "testing.py").write_text(TESTING)
    return Project(tmp_path, Settings())


def run(project: Project, body: str, *chain: str, seconds: float = 10) -> list[Failure]:
    path = project.root / "Moved.upcast.py"
    path.write_text(HEAD + body)
    return lift(project, path, [Job([*(chain or ("upcast",))], "a.MovedEra1")], seconds)


def test_what_works(project: Project) -> None:
    assert run(project, GOOD) == []
    assert run(project, f"print('noise')\n{GOOD}") == []


def test_a_chain(project: Project) -> None:
    body = "def one(old: MovedEra1) -> MovedEra2:\n    return MovedEra2()\n"
    body += "def two(old: 'MovedEra2') -> 'Moved':\n    return Moved(old.street)\n"
    assert run(project, body, "one", "two") == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("    raise NotImplementedError('write me')", "fails on a sample: NotImplementedError: write me"),
        ("    return old", "fails on a sample: TypeError: it says to return Moved, and returned MovedEra1"),
        ("    return Moved(3)", "fails on a sample: AttributeError: 'int' object has no attribute 'encode'"),
        (
            "    return Moved(old.stret)",
            "fails on a sample: AttributeError: 'MovedEra1' object has no attribute 'stret'",
        ),
        ("    raise SystemExit(0)", "fails on a sample: SystemExit: 0"),
        ("    import os; os._exit(3)", "ended the process that ran it, with code 3"),
        ("    return Moved('x' * (8 << 30))", "fails on a sample: MemoryError"),
    ],
)
def test_what_fails(project: Project, body: str, what: str) -> None:
    assert run(project, f"def upcast(old: MovedEra1) -> Moved:\n{body}\n") == [Failure("upcast", what)]


def test_a_value_of_an_old_version(project: Project) -> None:
    (project.generated / "contracts/_api.py").write_text(API)
    (project.root / "Moved.upcast.py").write_text(HEAD + GOOD.replace("old.street", "old.street[0]"))
    message = Message("{}", "ff", 'the smallest value of version 1, {"street": ""}')
    (failure,) = lift(project, project.root / "Moved.upcast.py", [Job(["upcast"], "a.MovedEra1", [message])])
    assert failure == Failure(
        "upcast",
        'fails on the smallest value of version 1, {"street": ""}: IndexError: string index out of range',
    )


API = """
from contracts import MovedEra1

class registry:
    class reference:
        @staticmethod
        def read_as(schema, reader, data, position):
            assert (schema, reader, data, position) == ("{}", "a.MovedEra1", b"\\xff", 0)
            old = MovedEra1()
            old.street = ""
            return old
"""


def test_what_does_not_end(project: Project) -> None:
    start = time.monotonic()
    body = "def upcast(old: MovedEra1) -> Moved:\n    while True: pass\n"
    assert run(project, body, seconds=1) == [Failure("upcast", "did not end within 1 seconds")]
    assert time.monotonic() - start < 60


def test_what_cannot_be_loaded(project: Project) -> None:
    (failure,) = run(project, "from contracts import MovedEra9\n" + GOOD)
    assert failure.what.startswith("cannot be loaded: ImportError: cannot import name 'MovedEra9'")
    assert failure.fix == "Run `avow generate`: it writes the classes of older eras."


def test_what_a_file_holds() -> None:
    found = upcasters.read(
        "def upcast(old: a.b.MovedEra1) -> 'c.Moved': ...\n"
        "def other(old: MovedEra1) -> Moved: ...\n"
        "def _helper(x): ...\n"
        "def several(a, b): ...\n"
        "def untyped(old): ...\n"
        "def no_result(old: MovedEra2): ...\n"
        "def no_source(old) -> Moved: ...\n"
    )
    assert {name: (each.name, each.target) for name, each in found.by_source.items()} == {
        "MovedEra1": ("upcast", "Moved")
    }
    assert [(each.name, each.lacks, each.line) for each in found.untyped] == [
        ("untyped", "says neither what it takes nor what it returns", 5),
        ("no_result", "does not say what it returns", 6),
        ("no_source", "does not say what it takes", 7),
    ]
