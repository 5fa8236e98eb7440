"""The generated package by itself: installed alone, and what importing and using it loads."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tests.support.project import avow, make_project

PACKAGE_OF = Path(msgspec.__file__).parent
MONEY = {
    "type": "record",
    "name": "a.Money",
    "fields": [{"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}],
}
EVENT = {
    "type": "record",
    "name": "a.Event",
    "fields": [
        {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "price", "type": "Money"},
        {"name": "note", "type": ["null", "string"], "default": None},
    ],
}
OTHER = {"type": "record", "name": "b.Other", "fields": [{"name": "tags", "type": {"type": "map", "values": "int"}}]}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"a/Money.avsc": MONEY, "a/Event.avsc": EVENT, "b/Other.avsc": OTHER}
    root = make_project(tmp_path_factory.mktemp("package"), files)
    assert avow(root, "generate") == (0, "", "")
    return root / "generated"


def _run(folder: Path, code: str) -> list[str]:
    """Run code where there is nothing but Python, msgspec and one folder; return the list that it prints as JSON."""
    alone = folder.parent / "alone"
    alone.mkdir(exist_ok=True)
    if not (alone / "msgspec").exists():
        (alone / "msgspec").symlink_to(PACKAGE_OF)
    start = (
        f"import json, sys; sys.path[:0] = {[str(folder), str(alone)]!r}; import msgspec; before = {{*sys.modules}}\n"
    )
    show = "\nprint(json.dumps(sorted({*sys.modules} - before)))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + code + show], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: list[str] = json.loads(done.stdout)
    return found


EVERYTHING = """
import importlib, pkgutil
import contracts
for module in list(pkgutil.walk_packages(contracts.__path__, "contracts.")):
    importlib.import_module(module.name)
event = contracts.testing.sample(contracts.a.Event)
assert contracts.decode(contracts.encode(event)) == event
assert contracts.from_json(contracts.a.Event, contracts.to_json(event)) == event
for data in (b"", contracts.encode(event)[:-1], bytes(40)):
    try:
        contracts.decode(data)
    except contracts.DecodeError:
        continue
    raise AssertionError(data)
try:
    contracts.decode(b"\\xc3\\x01" + bytes(9), resolver=lambda number: '"int"')
except contracts.DecodeError:
    pass
"""


def test_everything_runs_with_python_and_msgspec_alone(generated: Path) -> None:
    roots = {name.partition(".")[0] for name in _run(generated, EVERYTHING)}
    assert roots - sys.stdlib_module_names == {"contracts"}


def test_the_package_can_be_installed_alone(generated: Path, tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and a test must not download it")
    options = ["--quiet", "--no-index", "--no-build-isolation", "--no-deps", "--disable-pip-version-check"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(tmp_path / "target"), str(generated)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "target").iterdir()) == ["contracts", "contracts-0.0.0.dist-info"]
    assert (tmp_path / "target" / "contracts" / "py.typed").exists()
    roots = {name.partition(".")[0] for name in _run(tmp_path / "target", EVERYTHING)}
    assert roots - sys.stdlib_module_names == {"contracts"}


def _own(names: list[str]) -> list[str]:
    return [name.removeprefix("contracts.") for name in names if name.startswith("contracts.")]


HEAVY = {"datetime", "decimal", "json", "re", "uuid"}
"""Modules of Python that cost time to import."""


def test_importing_the_package_loads_next_to_nothing(generated: Path) -> None:
    loaded = _run(generated, "import contracts")
    assert _own(loaded) == ["_runtime", "_runtime.lazy"]
    assert HEAVY.isdisjoint(loaded)


def test_importing_a_namespace_loads_no_class(generated: Path) -> None:
    loaded = _run(generated, "import contracts.a")
    assert _own(loaded) == ["_runtime", "_runtime.lazy", "a"]
    assert HEAVY.isdisjoint(loaded)


def test_a_class_loads_what_it_refers_to_and_no_codec(generated: Path) -> None:
    loaded = _own(_run(generated, "from contracts.a import Event"))
    assert [name for name in loaded if not name.startswith("_runtime")] == ["a", "a._Event", "a._Money"]
    assert set(loaded).isdisjoint(SLOW)


SLOW_PARTS = "choose defaults interpret json_dump json_load parse plain plain_json reference resolution sample write"
SLOW = {f"_runtime.{name}" for name in SLOW_PARTS.split()}
"""What only a message needs that the generated code refuses, or somebody who asks for JSON or a sample."""

GOOD = """
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID
import contracts
from contracts.a import Event, Money
event = Event(id=UUID(int=7), at=datetime(2024, 2, 29, tzinfo=UTC), price=Money(amount=Decimal("12.50")))
assert contracts.decode(contracts.encode(event)) == event
assert contracts.decode(contracts.encode(event), Event) == event
"""


def test_a_good_event_loads_its_codec_and_nothing_slow(generated: Path) -> None:
    loaded = set(_own(_run(generated, GOOD)))
    assert loaded & SLOW == set()
    assert not {name for name in loaded if name.startswith(("b", "_codecs.b"))}
    assert "_codecs.a.Event" in loaded


def test_decoding_alone_loads_its_codec_and_nothing_slow(generated: Path, tmp_path: Path) -> None:
    write = f"{GOOD}\nopen({str(tmp_path / 'event')!r}, 'wb').write(contracts.encode(event))"
    _run(generated, write)
    read = f"import contracts; contracts.decode(open({str(tmp_path / 'event')!r}, 'rb').read())"
    loaded = set(_own(_run(generated, read)))
    assert loaded & SLOW == set()
    assert {name for name in loaded if name.startswith(("_codecs.", "a", "b"))} == {
        "_codecs.a",
        "_codecs.a.Event",
        "a",
        "a._Event",
        "a._Money",
    }


def test_the_slow_parts_are_there_by_these_names(generated: Path) -> None:
    """Without this, a module that is renamed would leave the guards above with nothing to guard."""
    there = {f"_runtime.{path.stem}" for path in (generated / "contracts" / "_runtime").glob("*.py")}
    assert there >= SLOW
