"""What goes wrong around the index: damaged caches, packages that do not fit, code that means harm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.support.project import avow
from tests.support.services import TRACKING, make_services
from tests.support.usage import write_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_services(tmp_path)


def facts(root: Path) -> str:
    done = avow(root, "who", "--format", "json")
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("name", ["index.msgpack", "answers.msgpack"])
def test_a_cache_that_is_damaged_counts_as_none(root: Path, name: str) -> None:
    before = facts(root)
    whole = (root / ".avow" / name).read_bytes()
    middle = len(whole) // 2
    broken = [b"", whole[:middle], whole + b"x", whole[:middle] + b"\xff" + whole[middle + 1 :]]
    for content in broken:
        (root / ".avow" / name).write_bytes(content)
        assert avow(root, "who", "Place").code == 0
        assert facts(root) == before
        assert (root / ".avow" / name).read_bytes() == whole


def test_what_mypy_keeps_may_be_damaged_too(root: Path) -> None:
    before = facts(root)
    for path in sorted(path for path in (root / ".avow/mypy").rglob("*") if path.is_file()):
        if path.suffix != ".gitignore":
            path.write_bytes(b"\x01 no such thing")
    (root / ".avow/index.msgpack").unlink()
    assert facts(root) == before


def test_the_package_has_to_be_there_and_as_the_schemas_have_it(root: Path) -> None:
    schema = root / "schemas/shared/Place.avsc"
    schema.write_text(schema.read_text().replace("zone", "postcode"))
    message = (
        "avow: generated: the generated package is not as the schemas have it, so the code cannot be read by it\n"
        "  Run `avow generate`.\n"
    )
    assert avow(root, "who", "--format", "json") == (2, "", message)
    shutil.rmtree(root / "generated/contracts")
    assert avow(root, "who", "--format", "json") == (2, "", message)
    assert avow(root, "generate") == (0, "", "")
    assert '"town"' in facts(root)


def test_invalid_schemas_stop_an_answer_for_programs(root: Path) -> None:
    (root / "schemas/shared/Place.avsc").write_text("{")
    done = avow(root, "who", "--format", "json")
    assert (done.code, done.out) == (1, "")
    assert "MALFORMED_JSON" in done.err
    shutil.rmtree(root / ".avow")
    done = avow(root, "who", "ParcelShipped")
    assert (done.code, done.err) == (2, "avow: schemas: the schemas are invalid\n  `avow lint` says where.\n")


def test_facts_depend_on_nothing_that_is_installed_or_set(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = facts(root)
    elsewhere = root / "elsewhere"
    write_files(
        elsewhere,
        {
            "kafka/py.typed": "",
            "kafka/__init__.py": "raise SystemExit('imported')",
            "contracts/__init__.py": "raise SystemExit('imported')",
            "mypy.ini": "[mypy]\nplugins = evil\nfollow_imports = skip\nexclude = consumers\n",
            "evil.py": "raise SystemExit('imported')",
        },
    )
    shutil.copy(elsewhere / "mypy.ini", root)
    shutil.copy(elsewhere / "evil.py", root)
    with (root / "pyproject.toml").open("a") as file:
        file.write('\n[tool.mypy]\nplugins = ["evil"]\nfollow_imports = "skip"\n')
    monkeypatch.setenv("MYPYPATH", str(elsewhere))
    shutil.rmtree(root / ".avow")
    assert avow(root, "generate").code == 0
    assert facts(root) == before


def test_code_is_read_and_never_run(root: Path) -> None:
    bomb = f"import pathlib\npathlib.Path({str(root / 'ran')!r}).write_text('')\nraise SystemExit\n"
    names = ("__init__", "conftest", "setup", "sitecustomize", "app")
    write_files(root, {f"consumers/bomb/{name}.py": f"import contracts\n{bomb}" for name in names})
    assert avow(root, "generate") == (0, "", "")
    assert not (root / "ran").exists()


def test_names_of_files_steer_no_terminal(root: Path) -> None:
    write_files(root, {"consumers/e\x1b[31mvil/app.py": TRACKING})
    assert avow(root, "generate") == (0, "", "")
    for arguments in (["who", "Place"], ["who", "ParcelShipped"], ["flow", "ParcelShipped"]):
        done = avow(root, *arguments)
        assert done.code == 0
        assert "\x1b" not in done.out
