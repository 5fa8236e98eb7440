"""`avow generate` by the command: the same schemas make the same package, and what is wrong is said and undone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.support.hard import PROJECTS
from tests.support.hard_spelling import INJECTED
from tests.support.project import CODEGEN, REPOSITORY, Outcome, avow, load_package, make_project
from tests.support.trees import stamps, tree

import avow as tool

DAY = {"type": "enum", "name": "a.Day", "symbols": ["MON", "TUE"]}
WEEK = {"type": "record", "name": "a.Week", "fields": [{"name": "first", "type": "Day"}]}


def _generate(root: Path, *arguments: str, **environment: str) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-m", "avow", "generate", *arguments],
        env={**os.environ, "PYTHONPATH": str(CODEGEN), **environment},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


# the same output everywhere


def _files(name: str) -> dict[str, object]:
    if name == "domain":
        schemas = REPOSITORY / "schemas"
        return {
            path.relative_to(schemas).as_posix(): path.read_text()
            for path in sorted(schemas.rglob("*"))
            if path.is_file()
        }
    return dict(PROJECTS[name])


@pytest.mark.parametrize("name", ["domain", *PROJECTS])
def test_output_depends_on_the_schemas_alone(tmp_path: Path, name: str) -> None:
    files = list(_files(name).items())
    rng = Random(name)
    trees = []
    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("4242", "America/Lima")):
        rng.shuffle(files)
        root = make_project(tmp_path / f"folder-{seed}", dict(files), 'namespace = "insurance"')
        assert _generate(root, PYTHONHASHSEED=seed, TZ=zone, LC_ALL="C") == (0, "", "")
        trees.append(tree(root / "generated"))
    assert trees[0] == trees[1] == trees[2]
    text = b"\n".join(trees[0].values()).decode()
    for stranger in (str(tmp_path), str(REPOSITORY), sys.prefix, f"avow {tool.__version__}", date.today().isoformat()):
        assert stranger not in text


def test_a_run_with_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Day.avsc": DAY})
    assert _generate(root) == (0, "", "")
    before = stamps(root)
    assert _generate(root) == (0, "", "")
    assert _generate(root / "schemas" / "a") == (0, "", "")
    assert stamps(root) == before


# --check


def test_check_names_each_file_and_writes_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Day.avsc": DAY, "a/Week.avsc": WEEK})
    assert avow(root, "generate") == (0, "", "")
    assert avow(root, "generate", "--check") == (0, "", "")
    package = root / "generated" / "contracts"
    (package / "a" / "_Week.py").unlink()
    (package / "_codecs" / "a" / "Day.py").write_text("")
    (package / "a" / "mine.py").write_text("")
    (package / "._api.py.17").write_text("")
    (package / ".#_api.py").symlink_to("what an editor locks a file with")
    (root / "generated" / ".pyproject.toml.17").write_text("")
    (root / "generated" / "mine.txt").write_text("not of the package")
    before = stamps(root)
    assert avow(root, "generate", "--check") == (
        1,
        "generated/contracts/a/_Week.py: missing\n"
        "generated/contracts/_codecs/a/Day.py: differs\n"
        "generated/.pyproject.toml.17: left over\n"
        "generated/contracts/.#_api.py: left over\n"
        "generated/contracts/._api.py.17: left over\n"
        "generated/contracts/a/mine.py: left over\n"
        "6 files are not as the schemas have it: run `avow generate`\n",
        "",
    )
    assert stamps(root) == before
    assert avow(root, "generate") == (0, "", "")
    assert avow(root, "generate", "--check") == (0, "", "")
    assert (root / "generated" / "mine.txt").exists()


def test_check_of_a_schema_that_was_edited(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Day.avsc": DAY})
    assert avow(root, "generate") == (0, "", "")
    make_project(root, {"a/Day.avsc": {**DAY, "doc": "A day."}})
    message = "generated/contracts/a/_Day.py: differs\n1 file is not as the schemas have it: run `avow generate`\n"
    assert avow(root, "generate", "--check") == (1, message, "")
    assert avow(root, "generate") == (0, "", "")
    assert avow(root, "generate", "--check") == (0, "", "")


def test_check_before_the_first_run_writes_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Day.avsc": DAY})
    before = stamps(root)
    done = avow(root, "generate", "--check")
    assert (done.code, done.err) == (1, "")
    *lines, last = done.out.splitlines()
    assert stamps(root) == before
    assert avow(root, "generate") == (0, "", "")
    # The index comes second: it is made of the package, so nothing can be said of it while that is missing.
    package = sorted(path for path in tree(root / "generated") if path != "INDEX.md")
    assert lines == [f"generated/{path}: missing" for path in package]
    assert last == f"{len(lines)} files are not as the schemas have it: run `avow generate`"


# invalid schemas


def test_an_invalid_schema_leaves_the_package_as_it_is(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Day.avsc": DAY, "a/Week.avsc": WEEK})
    assert avow(root, "generate") == (0, "", "")
    before = stamps(root / "generated")
    make_project(root, {"a/Day.avsc": '{"type": "enum", "name": "a.Day", "symbols": ["MON", "MON"]}'})
    make_project(root, {"b/Other.avsc": '{"type": "fixed", "name": "b.Other"}'})
    message = (
        'schemas/a/Day.avsc:1:54: DUPLICATE_SYMBOL symbol "MON" stands twice (symbols 0 and 1)\n'
        "  Remove one.\n"
        'schemas/b/Other.avsc:1:1: MISSING_ATTRIBUTE this fixed has no "size"\n'
        '  Add "size" in bytes.\n'
        "2 errors in 2 files; nothing was generated\n"
    )
    for arguments in (["generate"], ["generate", "--check"], ["generate"]):
        done = avow(root, *arguments)
        assert (done.code, done.out, done.err) == (1, message, "")
    assert stamps(root / "generated") == before
    assert [day.name for day in load_package(root / "generated").a.Day] == ["MON", "TUE"]
    make_project(root, {"a/Day.avsc": {**DAY, "symbols": ["MON", "WED"]}})
    (root / "schemas" / "b" / "Other.avsc").unlink()
    assert avow(root, "generate") == (0, "", "")
    assert [day.name for day in load_package(root / "generated").a.Day] == ["MON", "WED"]


def test_a_file_that_cannot_be_read_is_no_invalid_schema(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Day.avsc": DAY, "b.avsc": "{"})
    (root / "schemas" / "a" / "Week.avsc").symlink_to("nowhere")
    assert avow(root, "generate") == (
        2,
        "schemas/a/Week.avsc:1:1: UNREADABLE_FILE cannot be read: No such file or directory\n"
        "schemas/b.avsc:1:2: MALFORMED_JSON the file ends before the object is closed\n"
        "  Close it with }\n"
        "  see schemas/b.avsc:1:1\n"
        "2 errors in 2 files; nothing was generated\n",
        "",
    )
    assert not (root / "generated").exists()


# hostile names


@pytest.mark.parametrize(("link", "target"), [("Passwords.avsc", "/etc/passwd"), ("etc", "/etc"), ("up", "../..")])
def test_a_link_out_of_the_project_is_refused(tmp_path: Path, link: str, target: str) -> None:
    root = make_project(tmp_path / "project", {"a/Day.avsc": DAY})
    (root / "schemas" / link).symlink_to(target)
    assert avow(root, "generate") == (
        2,
        f"schemas/{link}:1:1: UNREADABLE_FILE a link that leads out of the project\n"
        "  Put here what it links to.\n"
        "1 error in 1 file; nothing was generated\n",
        "",
    )
    assert not (root / "generated").exists()


CODE = f"import os; os.environ['{INJECTED}'] = '1'"
HOSTILE = {
    f'a"""\n{CODE}\n"""b': f"a\\'\\'\\' {CODE} \\'\\'\\'b",
    f'"""\n{CODE}\n': None,
    f"'\n{CODE}\n'": f"' {CODE} '",
    "sp ace\ttab": "sp ace tab",
    "\\": "\\\\",
    '\\"""': None,
    "{{ x }}{% raw %}": "{{ x }}{% raw %}",
    "\u202e\u2028#": "<U+202E> #",
}
"""Names of files, and how the header of their classes has them, as far as that is of interest."""


def test_no_name_of_a_file_becomes_code(tmp_path: Path) -> None:
    files = {f"{stem}.avsc": {**DAY, "name": f"a.Day{n}"} for n, stem in enumerate(HOSTILE)}
    root = make_project(tmp_path, files, "schemas = 'schemas'")
    assert avow(root, "generate") == (0, "", "")
    package = root / "generated" / "contracts"
    for n, shown in enumerate(HOSTILE.values()):
        lines = (package / "a" / f"_Day{n}.py").read_text().splitlines()
        assert lines[1:3] == ["", "from __future__ import annotations"]
        if shown is not None:
            assert lines[0] == f'"""Classes of schemas/{shown}.avsc, generated by avow; don\'t edit."""'
    contracts = load_package(root / "generated")
    assert [getattr(contracts.a, f"Day{n}").MON.value for n in range(len(HOSTILE))] == ["MON"] * len(HOSTILE)
    assert INJECTED not in os.environ


def test_no_name_of_a_folder_becomes_code(tmp_path: Path) -> None:
    folder = f'x"""\n{CODE}\n"""'
    root = make_project(tmp_path, {}, f"schemas = {_toml(folder)}")
    (root / folder).mkdir()
    (root / folder / "Day.avsc").write_text('{"type": "enum", "name": "a.Day", "symbols": ["MON"]}')
    assert avow(root, "generate") == (0, "", "")
    assert load_package(root / "generated").a.Day.MON.value == "MON"
    assert INJECTED not in os.environ


def _toml(text: str) -> str:
    return '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'
