"""Older versions in the generated package: bytes of every live one arrive as today's class."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastavro
import pytest
from tests.support.project import CODEGEN, avow, avow_here, load_package, make_project
from tests.support.trees import tree

from avow import config, frozen
from avow.runtime.canonical import inlined

ID = {"name": "id", "type": "string", "default": "1"}
STREET = {"name": "street", "type": "string"}
CITY = {"name": "city", "type": "string", "default": "?"}
ADDRESS = {"type": "record", "name": "a.Address", "fields": [STREET]}
KIND = {"type": "enum", "name": "a.Kind", "symbols": ["HOME", "WORK"], "default": "HOME"}
HOME = {"name": "home", "type": "a.Address"}

UPCASTERS = '''"""Lifts."""

from __future__ import annotations

from contracts.a import Moved, MovedEra1, MovedPlaced


def upcast(old: MovedEra1) -> MovedPlaced:
    return MovedPlaced(id=old.id, place=old.home.street, kind=old.kind)


def upcast_placed(old: MovedPlaced) -> Moved:
    return Moved(key=int(old.id or 0), place=old.place, kind=old.kind)
'''


def moved(*fields: Any, level: str = "BACKWARD_TRANSITIVE", **more: Any) -> dict[str, Any]:
    contract = {"kind": "event", "compatibility": level}
    return {"type": "record", "name": "a.Moved", **more, "contract": contract, "fields": list(fields)}


def release(root: Path, state: dict[str, Any], *arguments: str, **others: Any) -> None:
    make_project(root, {"a/Moved.avsc": state, **{f"a/{name}.avsc": value for name, value in others.items()}})
    done = avow_here(root, "release", *arguments)
    assert done.code == 0, done


def written(root: Path, number: int, value: dict[str, Any]) -> bytes:
    """What a service of an older day wrote, by fastavro, as a single-object message."""
    history = frozen.read(config.find(root)).histories["a.Moved"]
    version = next(each for each in history.versions if each.number == number)
    import io

    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, inlined(frozen.schema(config.find(root), version)), value)
    return b"\xc3\x01" + int(version.fingerprint, 16).to_bytes(8, "little") + stream.getvalue()


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Two older versions, and a working schema that is released too."""
    release(tmp_path, moved(ID, HOME), Address=ADDRESS)
    release(tmp_path, moved(ID, HOME, {"name": "count", "type": "int", "default": 1}))
    today = {**ADDRESS, "fields": [STREET, CITY]}
    release(tmp_path, moved({**ID, "name": "key", "aliases": ["id"]}, HOME), Address=today)
    assert avow_here(tmp_path, "generate").code == 0
    return tmp_path


def test_every_live_version_arrives_as_todays_class(three: Path) -> None:
    contracts = load_package(three / "generated")
    cls, address = contracts.a.Moved, contracts.a.Address
    expected = cls(key="7", home=address(street="High", city="?"))
    first = written(three, 1, {"id": "7", "home": {"street": "High"}})
    second = written(three, 2, {"id": "7", "home": {"street": "High"}, "count": 5})
    assert [contracts.decode(data) for data in (first, second)] == [expected, expected]
    assert contracts.decode(first, cls) == expected
    assert contracts.decode(contracts.encode(expected)) == expected


def test_what_is_wrong_in_an_old_message_is_said(three: Path) -> None:
    contracts = load_package(three / "generated")
    second = written(three, 2, {"id": "7", "home": {"street": "High"}, "count": 5})
    for data, reason in (
        (second[:-3], "a.Moved.home.street (byte 13): 4 bytes are claimed and 2 are left"),
        (second + b"\0", "a.Moved (byte 18): 1 byte behind the value"),
        (second[:-1] + b"\xff\xff\xff\xff\x7f", "a.Moved.count (byte 17): "),
    ):
        with pytest.raises(contracts.DecodeError) as caught:
            contracts.decode(data)
        assert reason in str(caught.value)


def test_other_framings_know_old_schemas_by_their_text(three: Path) -> None:
    contracts = load_package(three / "generated")
    import importlib
    import json

    framing = importlib.import_module("contracts.framing")
    cls = contracts.a.Moved
    old = json.dumps(json.loads((three / "schemas/released/a.Moved/2.avsc").read_text()))
    body = written(three, 2, {"id": "7", "home": {"street": "High"}, "count": 5})[10:]
    expected = cls(key="7", home=contracts.a.Address(street="High"))
    assert framing.bare.decode(body, cls, old) == expected
    assert framing.confluent.decode(b"\0\0\0\0\1" + body, schemas={1: old}) == expected
    with pytest.raises(contracts.DecodeError, match="behind the value"):
        framing.bare.decode(body + b"\0", cls, old)


def test_a_retired_version_is_not_known_any_more(three: Path) -> None:
    data = written(three, 1, {"id": "7", "home": {"street": "High"}})
    assert avow_here(three, "retire", "a.Moved@1").code == 0
    assert avow_here(three, "generate", "--check").code == 1
    assert avow_here(three, "generate").code == 0
    assert not (three / "generated/contracts/_versions/a/Moved_1.py").exists()
    contracts = load_package(three / "generated")
    with pytest.raises(contracts.UnknownSchemaError):
        contracts.decode(data)
    text = (three / "schemas/released/a.Moved/1.avsc").read_text()
    assert contracts.decode(data, resolver=lambda _: text).key == "7"


def test_what_was_tampered_with_is_not_generated_from(three: Path) -> None:
    (three / "schemas/released/a.Moved/1.avsc").write_text("{}")
    before = tree(three / "generated")
    done = avow_here(three, "generate")
    assert (done.code, "RELEASE_TAMPERED version 1 of a.Moved is not what was released" in done.out) == (1, True)
    assert tree(three / "generated") == before


@pytest.fixture
def eras(tmp_path: Path) -> Path:
    kind = {"name": "kind", "type": "a.Kind"}
    release(tmp_path, moved(ID, HOME, kind), Address=ADDRESS, Kind=KIND)
    release(tmp_path, moved({"name": "note", "type": "string", "default": ""}, ID, HOME, kind))
    placed = {"name": "place", "type": "string"}
    release(tmp_path, moved(ID, placed, kind), "--new-era", "Placed")
    (tmp_path / "schemas/a/Moved.upcast.py").unlink()
    key = {"name": "key", "type": "long"}
    release(tmp_path, moved(key, placed, kind), "--new-era", "Keyed")
    (tmp_path / "schemas/a/Moved.upcast.py").write_text(UPCASTERS)
    assert avow_here(tmp_path, "generate").code == 0
    return tmp_path


def test_older_eras_are_lifted(eras: Path) -> None:
    contracts = load_package(eras / "generated")
    old = {"id": "7", "home": {"street": "High"}, "kind": "WORK"}
    lifted = contracts.a.Moved(key=7, place="High", kind=contracts.a.Kind.WORK)
    assert contracts.decode(written(eras, 1, old)) == lifted
    assert contracts.decode(written(eras, 2, {**old, "note": "x"}), contracts.a.Moved) == lifted
    assert contracts.decode(written(eras, 3, {"id": "7", "place": "High", "kind": "WORK"})) == lifted
    assert avow_here(eras, "check").out == ""


def test_classes_of_eras_are_like_others(eras: Path) -> None:
    contracts = load_package(eras / "generated")
    from importlib import import_module

    sample = import_module("contracts.testing").sample
    old = sample(contracts.a.MovedEra1, id="7")
    assert contracts.decode(contracts.encode(old)) == old
    assert type(old.home) is contracts.a.Address
    assert contracts.from_json(contracts.a.MovedEra1, contracts.to_json(old)) == old


def test_a_type_that_has_changed_since_gets_a_class_of_the_era(eras: Path) -> None:
    make_project(eras, {"a/Address.avsc": {**ADDRESS, "fields": [STREET, CITY]}})
    assert avow_here(eras, "generate").code == 0
    contracts = load_package(eras / "generated")
    data = written(eras, 1, {"id": "7", "home": {"street": "High"}, "kind": "WORK"})
    assert contracts.a.MovedEra1Address.__struct_fields__ == ("street",)
    assert contracts.decode(data).place == "High"


BAD_UPCASTERS = {
    "missing": (None, "it was written in an older era, and nothing lifts a.MovedEra1"),
    "no Python": ("def", "it was written in an older era, and nothing lifts a.MovedEra1"),
    "a part of the way": (
        UPCASTERS.replace("def upcast_placed", "def _no"),
        "it was written in an older era, and nothing lifts a.MovedEra1",
    ),
    "fails": (
        UPCASTERS.replace("int(old.id or 0)", "int('x')"),
        "the upcaster upcast_placed failed: ValueError: invalid",
    ),
    "returns something else": (
        UPCASTERS.replace(
            "return Moved(key=int(old.id or 0), place=old.place, kind=old.kind)", "return old  # type: ignore"
        ),
        "its upcasters return MovedPlaced",
    ),
}


@pytest.mark.parametrize(("text", "reason"), BAD_UPCASTERS.values(), ids=BAD_UPCASTERS)
def test_upcasters_that_do_not_lift(eras: Path, text: str | None, reason: str) -> None:
    path = eras / "schemas/a/Moved.upcast.py"
    path.unlink()
    if text is not None:
        path.write_text(text)
    assert avow_here(eras, "generate").code == 0
    contracts = load_package(eras / "generated")
    data = written(eras, 1, {"id": "7", "home": {"street": "High"}, "kind": "WORK"})
    with pytest.raises(contracts.DecodeError) as caught:
        contracts.decode(data)
    assert str(caught.value).startswith(f"a.Moved: {reason}")
    assert avow_here(eras, "check").code == 1


def test_generating_runs_no_upcaster(eras: Path) -> None:
    (eras / "schemas/a/Moved.upcast.py").write_text(f"{UPCASTERS}\nraise SystemExit\n")
    assert avow(eras, "generate").code == 0
    assert (eras / "generated/contracts/_upcasts/a/Moved.py").read_text() == (
        "# Copied from schemas/a/Moved.upcast.py by avow; don't edit.\n" + UPCASTERS + "\nraise SystemExit\n"
    )


@pytest.mark.parametrize("project", ["three", "eras"])
def test_what_is_generated_type_checks(project: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(project)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(root / "cache"), "-p", "contracts"]
    done = subprocess.run(command, cwd=root / "generated", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"Success: no issues found in {_modules(root)} source files\n")


def _modules(root: Path) -> int:
    return sum(1 for _ in (root / "generated/contracts").rglob("*.py"))


def test_nothing_to_do_is_known_without_reading(eras: Path) -> None:
    code = (
        "import sys; from avow.cli import run; run(['generate']); "
        "print([name for name in ('jinja2', 'avow.generate.build') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=eras, env={"PYTHONPATH": str(CODEGEN)}, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr


def steps() -> Iterator[tuple[str, Any]]:
    """What may happen between two runs, in an order in which each has something to change."""
    upcasts = Path("schemas/a/Moved.upcast.py")
    yield (
        "an upcaster",
        lambda root: (root / upcasts).write_text(UPCASTERS.replace("int(old.id or 0)", "int(old.id or 1)")),
    )
    yield "a shared type", lambda root: make_project(root, {"a/Address.avsc": {**ADDRESS, "fields": [STREET, CITY]}})
    yield "no upcasters", lambda root: (root / upcasts).unlink()
    yield "an era is over", lambda root: avow_here(root, "retire", "a.Moved@1", "a.Moved@2")
    yield "upcasters again", lambda root: (root / upcasts).write_text(UPCASTERS)
    yield "one more type", lambda root: make_project(root, {"a/Other.avsc": {**ADDRESS, "name": "a.Other"}})
    yield "a type with the name of an era's", lambda root: (root / "schemas/a/Kind.avsc").touch()
    yield "a release", lambda root: avow_here(root, "release")
    yield "the contract is gone", lambda root: (root / "schemas/a/Moved.avsc").unlink()


def test_a_second_run_leaves_what_a_first_one_would(eras: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil

    for name, do in steps():
        do(eras)
        cold = tmp_path_factory.mktemp("cold") / "project"
        shutil.copytree(eras, cold, ignore=shutil.ignore_patterns(".avow", "generated", "__pycache__"))
        assert avow_here(eras, "generate").code == avow_here(cold, "generate").code == 0, name
        assert tree(eras / "generated") == tree(cold / "generated"), name
        assert avow_here(eras, "generate", "--check").code == 0, name
