from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from avow_command import Avow, Ran

NEXT = """
Next:
  avow generate                   write the Python package generated/contracts
  avow new customers.NameChanged  write another contract
  avow lint                       see what could be better
"""


def _record(name: str, namespace: str = "") -> str:
    schema = {"type": "record", "name": name, "fields": [{"name": "id", "type": "string"}]}
    return json.dumps(schema | ({"namespace": namespace} if namespace else {}))


def _tree(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def _import(root: Path, statement: str, folder: str = "generated") -> str:
    """Return what is on stderr after a statement that uses the generated package."""
    env = {**os.environ, "PYTHONPATH": str(root / folder)}
    done = subprocess.run([sys.executable, "-c", statement], env=env, capture_output=True, text=True, check=False)
    return done.stderr


def test_an_empty_folder_gets_settings_and_an_example(avow: Avow, tmp_path: Path) -> None:
    assert avow("init") == Ran(
        0,
        "schemas/customers/AddressChanged.avsc: an example, to edit or to delete\n"
        "pyproject.toml: the settings, in [tool.avow]\n"
        ".gitignore: leaves out .avow/\n" + NEXT,
    )
    assert (tmp_path / "pyproject.toml").read_text() == "[tool.avow]\n"
    assert (tmp_path / ".gitignore").read_text() == ".avow/\n"
    assert avow("fmt", "--check") == Ran(0)
    assert avow("lint", "--strict") == Ran(0)
    assert avow("generate").code == 0
    assert _import(tmp_path, "from contracts.customers import AddressChanged") == ""


def test_options_are_kept(avow: Avow, tmp_path: Path) -> None:
    done = avow("init", "--schemas", "src/avro", "--namespace", "org.example", "--package", "events")
    assert done == Ran(
        0,
        "src/avro/customers/AddressChanged.avsc: an example, to edit or to delete\n"
        "pyproject.toml: the settings, in [tool.avow]\n"
        ".gitignore: leaves out .avow/\n" + NEXT.replace("contracts", "events"),
    )
    assert (tmp_path / "pyproject.toml").read_text() == (
        '[tool.avow]\nnamespace = "org.example"\npackage = "events"\nschemas = "src/avro"\n'
    )
    example = json.loads((tmp_path / "src/avro/customers/AddressChanged.avsc").read_text())
    assert (example["namespace"], example["name"]) == ("org.example.customers", "AddressChanged")
    assert avow("generate").code == 0
    assert _import(tmp_path, "from events.customers import AddressChanged") == ""


def test_what_is_there_stays_as_it_is(avow: Avow, tmp_path: Path) -> None:
    before = b'# Ours.\r\n[project]\r\nname = "x"  # kept'
    (tmp_path / "pyproject.toml").write_bytes(before)
    (tmp_path / ".gitignore").write_text("*.pyc")
    assert avow("init").code == 0
    assert (tmp_path / "pyproject.toml").read_bytes() == before + b"\n\n[tool.avow]\n"
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n.avow/\n"


def test_a_second_time_changes_nothing(avow: Avow, tmp_path: Path) -> None:
    avow("init")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert avow("init", "--namespace", "other") == Ran(
        2, "", "avow: pyproject.toml: [tool.avow] is there already\n  Edit the table; nothing was changed.\n"
    )
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


EXISTING = [
    pytest.param(
        {
            "src/main/avro/no/nav/a/X.avsc": _record("X", "no.nav.a"),
            "src/main/avro/no/nav/b/Y.avsc": _record("Y", "no.nav.b"),
            "src/test/avro/Z.avsc": _record("Z", "other"),
        },
        "found 2 schemas in src/main/avro/no/nav, below the namespace no.nav\n",
        '[tool.avow]\nnamespace = "no.nav"\nschemas = "src/main/avro/no/nav"\n',
        "from contracts.a import X; from contracts.b import Y",
        id="paths mirror names",
    ),
    pytest.param(
        {
            "src/main/avro/X.avsc": _record("X", "no.nav.schemas"),
            "src/main/avro/y.avsc": _record("Y", "no.nav.schemas"),
        },
        "found 2 schemas in src/main/avro, below the namespace no.nav\n",
        '[tool.avow]\nnamespace = "no.nav"\nschemas = "src/main/avro"\n\n[tool.avow.lint]\n'
        "# These schemas grew before avow came: their paths do not mirror their full names.\n"
        'disable = ["PATH_MISMATCH"]\n',
        "from contracts.schemas import X, Y",
        id="one namespace, one folder",
    ),
    pytest.param(
        {
            "core/X.avsc": _record("X", "eu.driver"),
            "sim/a/Y-value.avsc": _record("Y", "org.sim"),
            "sim/Z.avsc": _record("Z"),
        },
        "found 3 schemas in ., without a common namespace\n",
        '[tool.avow]\nschemas = "."\n\n[tool.avow.lint]\n'
        "# These schemas grew before avow came: their paths do not mirror their full names.\n"
        'disable = ["PATH_MISMATCH"]\n',
        "from contracts.eu.driver import X; from contracts.org.sim import Y; from contracts.root_ import Z",
        id="nothing in common",
    ),
    pytest.param(
        {"avro/com/acme/orders/Order.avsc": _record("Order", "com.acme.orders")},
        "found 1 schema in avro/com/acme, below the namespace com.acme\n",
        '[tool.avow]\nnamespace = "com.acme"\nschemas = "avro/com/acme"\n',
        "from contracts.orders import Order",
        id="a single file",
    ),
]


@pytest.mark.parametrize(("files", "found", "settings", "statement"), EXISTING)
def test_an_existing_repository_keeps_its_paths_and_generates_at_once(
    avow: Avow, tmp_path: Path, files: dict[str, str], found: str, settings: str, statement: str
) -> None:
    _tree(tmp_path, files)
    assert avow("init") == Ran(
        0,
        f"{found}pyproject.toml: the settings, in [tool.avow]\n.gitignore: leaves out .avow/\n" + NEXT,
    )
    assert (tmp_path / "pyproject.toml").read_text() == settings
    lint = avow("lint")
    assert (lint.code, "PATH_MISMATCH" in lint.out) == (0, False)
    assert avow("generate").code == 0
    assert _import(tmp_path, statement) == ""


def test_a_generated_folder_of_somebody_else_is_left_alone(avow: Avow, tmp_path: Path) -> None:
    _tree(tmp_path, {"generated/theirs.txt": "x"})
    assert avow("init").code == 0
    assert (tmp_path / "pyproject.toml").read_text() == '[tool.avow]\ngenerated = "generated-contracts"\n'
    assert avow("generate").code == 0
    assert (tmp_path / "generated/theirs.txt").read_text() == "x"
    assert _import(tmp_path, "from contracts.customers import AddressChanged", "generated-contracts") == ""


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ("--schemas", "../x"),
            "`schemas` is '../x', which leads out of the project\n"
            "  Give a folder below the project root, such as `src/avro`.",
        ),
        (
            ("--namespace", "a-b"),
            "`namespace` is 'a-b', which is no Avro namespace\n  Write names joined by dots, such as `org.example`.",
        ),
        (
            ("--package", "class"),
            "`package` is 'class', which Python cannot import\n  Write one lower-case word, such as `contracts`.",
        ),
    ],
)
def test_options_that_cannot_work_change_nothing(
    avow: Avow, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    assert avow("init", *args) == Ran(2, "", f"avow: {message}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (
            "[x",
            "pyproject.toml: not valid TOML: Expected ']' at the end of a table declaration (at end of document)",
        ),
        (
            "tool = {}",
            "pyproject.toml: the table of avow cannot be added below what is there\n  Add it by hand:\n\n[tool.avow]\n",
        ),
    ],
)
def test_a_pyproject_that_cannot_be_extended_changes_nothing(
    avow: Avow, tmp_path: Path, before: str, message: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(before)
    assert avow("init") == Ran(2, "", f"avow: {message}\n")
    assert [path.read_text() for path in tmp_path.iterdir()] == [before]


def test_another_folder_can_be_set_up(avow: Avow, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert avow("-C", "there", "init").code == 0
    assert (tmp_path / "there/pyproject.toml").exists()
    assert avow("-C", "there/schemas/..", "fmt", "--check") == Ran(0)
