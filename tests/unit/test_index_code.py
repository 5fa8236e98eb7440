"""Which files the index reads, how it finds what they import, and what it says of those that it cannot read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.support.usage import index_of, project_at, said, write_files, write_project

from avow.index.infer.fixpoint import Fixpoint

FROM = "from contracts.parcels import ParcelShipped\n"
READS = f"{FROM}def on(event: ParcelShipped): return event.note\n"
SHOWS = f"{FROM}from {{}} import show\ndef on(event: ParcelShipped): return show(event)\n"

HANDLE, NOTE = "handle ParcelShipped", "read ParcelShipped.note"
EVERY = "escape * (cannot be read: {})"

# file: text, and what is found in it
FILES: dict[str, tuple[str, list[str]]] = {
    # two services with modules of one name
    "consumers/one/app.py": (SHOWS.format("model"), [HANDLE]),
    "consumers/one/model.py": ("def show(event): return event.note\n", [NOTE]),
    "consumers/two/app.py": (SHOWS.format("model"), [HANDLE]),
    "consumers/two/model.py": ("def show(event): return event.weight\n", ["read ParcelShipped.weight"]),
    # imports from the root, from the side, from src, by dots; a package that hands on what it imports
    "consumers/three/app.py": (SHOWS.format("consumers.three.tools"), [HANDLE]),
    "consumers/three/tools/__init__.py": ("from .inner import show as show\n", []),
    "consumers/three/tools/inner.py": ("def show(event): return event.note\n", [NOTE]),
    "consumers/four/src/pkg/handlers.py": (SHOWS.format("pkg.helpers"), [HANDLE]),
    "consumers/four/src/pkg/helpers.py": ("def show(event): return event.note\n", [NOTE]),
    "consumers/five/a/b.py": (SHOWS.format("..c.d"), [HANDLE]),
    "consumers/five/c/d.py": ("def show(event): return event.note\n", [NOTE]),
    # names that Python cannot import
    "consumers/not-a-name/my-handlers.py": (SHOWS.format(".helper"), [HANDLE]),
    "consumers/not-a-name/helper.py": ("def show(event): return event.note\n", [NOTE]),
    "consumers/dotted/x.py/app.py": (READS, [HANDLE, NOTE]),
    "consumers/dotted/café.py": (READS, [HANDLE, NOTE]),
    # what leads nowhere
    "consumers/beyond/app.py": (
        f"{FROM}from .....nowhere import other\ndef on(event: ParcelShipped): return other(event)\n",
        ["escape ParcelShipped (into other)", HANDLE],
    ),
    "consumers/circle/a.py": (f"{FROM}from . import b\ndef on(event: ParcelShipped): return b.show(event)\n", [HANDLE]),
    "consumers/circle/b.py": (
        "from . import a\ndef show(event): return event.note\ndef again(event): return a.on(event)\n",
        [NOTE],
    ),
    # imports in functions; a service that is one file
    "consumers/lazy/app.py": (
        "def on(event: 'ParcelShipped'):\n    from .tools import show\n    return show(event)\n"
        "from contracts.parcels import ParcelShipped\n",
        [HANDLE],
    ),
    "consumers/short/app.py": (
        f"{FROM}def late(): from .tools import show; return show\ndef on(event: ParcelShipped): return late()(event)\n",
        [HANDLE],
    ),
    "consumers/short/tools.py": ("def show(event): return event.note\n", [NOTE]),
    "consumers/lazy/tools.py": ("def show(event): return event.note\n", [NOTE]),
    "consumers/single.py": (READS, [HANDLE, NOTE]),
    # what is not code of the service
    "consumers/aside/.hidden/app.py": (READS, []),
    "consumers/aside/.app.py": (READS, []),
    "consumers/aside/env/pyvenv.cfg": ("", []),
    "consumers/aside/env/lib/app.py": (READS, []),
    "consumers/aside/node_modules/app.py": (READS, []),
    "consumers/empty/README.md": ("from contracts.parcels import ParcelShipped", []),
    "consumers/plain/app.py": ("def on(event): return event.note\n", []),
    # what is no Python, beside what is
    "consumers/broken/app.py": (
        f"{FROM}def on(event: ParcelShipped)\n    return event.note\n",
        [EVERY.format("Expected `:`, found newline")],
    ),
    "consumers/broken/fine.py": (READS, [HANDLE, NOTE]),
    "consumers/old/app.py": (
        "print 'no contract is named here'\n",
        [EVERY.format("Simple statements must be separated by newlines or semicolons")],
    ),
    "consumers/deep/app.py": (f"x = {'(' * 5000}{')' * 5000}\n", [EVERY.format("Source is too deeply nested")]),
    "consumers/nul/app.py": ("x = 1\0\n", [EVERY.format("Got unexpected token U+0000")]),
}

NOT_TEXT = "not text: 'utf-8' codec can't decode byte 0xe9 in position 49: invalid continuation byte"
BYTES: dict[str, tuple[bytes, list[str]]] = {
    "consumers/latin/app.py": (f"# coding: latin-1\n{READS}# \xe9\n".encode("latin-1"), [HANDLE, NOTE]),
    "consumers/bom/app.py": (b"\xef\xbb\xbf" + READS.encode(), [HANDLE, NOTE]),
    "consumers/crlf/app.py": (READS.replace("\n", "\r\n").encode(), [HANDLE, NOTE]),
    "consumers/bad/app.py": (f"{FROM}x = '\xe9'\n".encode("latin-1"), [EVERY.format(NOT_TEXT)]),
    "consumers/klingon/app.py": (
        f"# coding: klingon\n{READS}".encode(),
        [EVERY.format("not text: unknown encoding: klingon")],
    ),
}

OUT = "a link that leads out of the project or to nothing"
LINKS: dict[str, tuple[str, list[str]]] = {
    "consumers/links/out.py": ("/etc/hostname", [EVERY.format(OUT)]),
    "consumers/links/dangling.py": ("nowhere.py", [EVERY.format(OUT)]),
    "consumers/links/itself.py": ("itself.py", [EVERY.format(OUT)]),
    "consumers/links/within.py": ("../single.py", [HANDLE, NOTE]),
}

ALL = {name: facts for table in (FILES, BYTES, LINKS) for name, (_, facts) in table.items()}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    root = tmp_path_factory.mktemp("code")
    write_project(root, {name: text for name, (text, _) in FILES.items()})
    for name, (content, _) in BYTES.items():
        (root / name).parent.mkdir()
        (root / name).write_bytes(content)
    (root / "consumers/links").mkdir()
    for name, (target, _) in LINKS.items():
        (root / name).symlink_to(target)
    facts = index_of(project_at(root)).facts
    return {name: _said(fact for fact in facts if fact.file == name) for name in {fact.file for fact in facts}}


@pytest.mark.parametrize("name", ALL)
def test_what_is_found_in_a_file(name: str, found: dict[str, list[str]]) -> None:
    assert found.get(name, []) == ALL[name]


def test_nothing_else_is_found(found: dict[str, list[str]]) -> None:
    assert found.keys() <= ALL.keys()


@pytest.mark.skipif(os.name != "posix", reason="names of files are text there")
def test_a_file_whose_name_is_no_text_is_named_as_far_as_it_can_be(tmp_path: Path) -> None:
    write_project(tmp_path, {"consumers/one/tab\there.py": READS})
    (tmp_path / os.fsdecode(b"consumers/one/caf\xe9.py")).write_text(READS)
    facts = index_of(project_at(tmp_path)).facts
    assert {fact.file for fact in facts} == {"consumers/one/tab\there.py", "consumers/one/caf\\udce9.py"}
    assert _said(fact for fact in facts if "caf" in fact.file) == [EVERY.format("its name is not text")]


def test_what_kills_the_type_checker_is_a_use_of_everything_in_that_service_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Fixpoint.run

    def deadly(self: Fixpoint) -> None:
        if self.world.unit.service == "fatal":
            os._exit(139)
        run(self)

    monkeypatch.setattr(Fixpoint, "run", deadly)
    write_project(tmp_path, {"consumers/fatal/app.py": READS, "consumers/fine/app.py": READS})
    facts = index_of(project_at(tmp_path)).facts
    assert _said(fact for fact in facts if fact.service == "fine") == [HANDLE, NOTE]
    assert _said(fact for fact in facts if fact.service == "fatal") == [EVERY.format("mypy fails on this service")]


def test_other_words_in_a_schema_have_no_service_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path, {"consumers/one/app.py": READS})
    before = index_of(project)
    monkeypatch.setattr(Fixpoint, "run", lambda self: os._exit(1))
    schema = tmp_path / "schemas/parcels/ParcelShipped.avsc"
    schema.write_text(schema.read_text().replace("A parcel left the house.", "Told otherwise."))
    after = index_of(project)
    assert after.facts == before.facts
    assert after.catalogue["shop.parcels.ParcelShipped"].doc == "Told otherwise."


def test_services_need_not_be_there(tmp_path: Path) -> None:
    project = write_project(tmp_path, {})
    assert index_of(project).facts == []
    write_files(tmp_path, {"consumers/a/__init__.py": "", "producers/b/main.py": ""})
    assert index_of(project_at(tmp_path)).facts == []


def test_a_library_beside_the_services_belongs_to_who_uses_it(tmp_path: Path) -> None:
    shows = SHOWS.format("libs.shown")
    files = {"consumers/a/app.py": shows, "producers/b/app.py": shows, "libs/other.py": READS}
    write_project(tmp_path, {**files, "libs/shown.py": "def show(event): return event.note\n"})
    facts = index_of(project_at(tmp_path)).facts
    assert sorted((fact.service, fact.file, fact.kind) for fact in facts) == [
        ("a", "consumers/a/app.py", "handle"),
        ("a", "libs/shown.py", "read"),
        ("b", "libs/shown.py", "read"),
        ("b", "producers/b/app.py", "handle"),
    ]


def test_a_library_may_be_the_only_file_that_names_the_contracts(tmp_path: Path) -> None:
    app = "from libs.names import Shipped\ndef on(event: Shipped): return event.note\n"
    write_project(tmp_path, {"consumers/a/app.py": app, "libs/names.py": f"{FROM}Shipped = ParcelShipped\n"})
    assert _said(index_of(project_at(tmp_path)).facts) == [HANDLE, NOTE]


def test_a_library_that_cannot_be_read_hides_what_each_service_that_imports_it_uses(tmp_path: Path) -> None:
    files = {"consumers/a/app.py": "import libs.broken\n", "consumers/b/app.py": READS, "libs/broken.py": "def f("}
    facts = index_of(write_project(tmp_path, {**files, "libs/alone.py": "def f("})).facts
    assert [(fact.service, fact.file, fact.kind) for fact in facts if fact.service != "b"] == [
        ("a", "libs/broken.py", "escape"),
    ]


def _said(facts: object) -> list[str]:
    return [text.partition(" ")[2] for text in said(facts, reasons=True)]  # type: ignore[arg-type]
