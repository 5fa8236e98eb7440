"""Loading a tree: which files are read, what each name belongs to, and who sees which error."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from avow.config import Project, Settings
from avow.errors import ConfigError
from avow.finding import Place
from avow.load.crosscheck import cross_check
from avow.load.files import file_of, schema_files
from avow.load.inspect import facts, trail
from avow.load.tree import load
from avow.report.text import render

SCHEMAS = Path(__file__).parents[2] / "schemas"


def record(name: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "record",
        "name": name,
        "fields": [{"name": key, "type": type_} for key, type_ in fields.items()],
    }


def tree(root: Path, files: Mapping[str, Any], settings: Settings | None = None) -> Project:
    for name, value in files.items():
        path = root / "schemas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return Project(root, settings or Settings())


def test_files_are_sorted_and_hidden_frozen_and_other_ones_left_out(tmp_path: Path) -> None:
    names = ["b.avsc", "a/z.avsc", "a/.hidden.avsc", ".git/x.avsc", "released/a.B/1.avsc", "a/b.json"]
    project = tree(tmp_path, {**dict.fromkeys(names, "{}"), "a/released/c.avsc": "{}"})
    assert schema_files(project) == [
        (f"{tmp_path}/schemas/{name}", f"schemas/{name}") for name in ("a/released/c.avsc", "a/z.avsc", "b.avsc")
    ]


def test_the_generated_package_is_no_place_for_schemas(tmp_path: Path) -> None:
    project = tree(tmp_path, {"a.avsc": "{}"}, Settings(schemas="."))
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated/b.avsc").write_text("{}")
    assert [name for _, name in schema_files(project)] == ["schemas/a.avsc"]


def test_no_folder_of_schemas(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(Project(tmp_path, Settings()))
    assert str(caught.value) == (
        "schemas: there is no such folder of schemas\n"
        "  Make it, or name another as `schemas` in [tool.avow]; `avow new` writes a first contract."
    )


def test_links_are_followed_inside_the_project_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "project", tmp_path / "outside"
    project = tree(inside, {"a/One.avsc": record("a.One")})
    for folder in (outside, inside / "common"):
        folder.mkdir()
        (folder / "Two.avsc").write_text(json.dumps(record("b.Two")))
    links = {
        "b": inside / "common",
        "again": inside / "schemas/a",
        "loop": inside / "schemas",
        "far": outside,
    }
    for name, target in links.items():
        (inside / "schemas" / name).symlink_to(target)
    (inside / "schemas/a/Far.avsc").symlink_to(outside / "Two.avsc")
    (inside / "schemas/a/Lost.avsc").symlink_to(inside / "nowhere")
    found = load(project)
    assert found.files == {"a.One": "schemas/a/One.avsc", "b.Two": "schemas/b/Two.avsc"}
    assert render(found.findings) == (
        "schemas/a/Far.avsc:1:1: UNREADABLE_FILE a link that leads out of the project\n"
        "  Put here what it links to.\n"
        "schemas/a/Lost.avsc:1:1: UNREADABLE_FILE cannot be read: No such file or directory\n"
        "schemas/far:1:1: UNREADABLE_FILE a link that leads out of the project\n"
        "  Put here what it links to.\n"
    )


def test_a_folder_of_schemas_that_is_elsewhere_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "project/schemas").symlink_to(tmp_path / "outside")
    found = load(Project(tmp_path / "project", Settings()))
    assert render(found.findings) == (
        "schemas:1:1: UNREADABLE_FILE a link that leads out of the project\n  Put here what it links to.\n"
    )


def test_a_file_for_a_name() -> None:
    project = Project(Path("/p"), Settings(namespace="org.example", schemas="src/avro"))
    assert file_of(project, "org.example.a.Thing") == "src/avro/a/Thing.avsc"
    assert file_of(project, "org.Thing") == "src/avro/org/Thing.avsc"
    assert file_of(Project(Path("/p"), Settings()), "Thing") == "schemas/Thing.avsc"


def test_a_unit_is_the_outermost_definition_of_a_file(tmp_path: Path) -> None:
    inner = record("Inner", x={"type": "fixed", "name": "Mark", "size": 1})
    twice = record("a.Twice", x=record("a.Deep"))
    files = {
        "a.avsc": [record("a.One", x=inner), record("a.Two", y="Inner", z=record("b.Three"))],
        "b.avsc": record("b.Four", x={"type": "array", "items": ["null", record("Five")]}),
        "c.avsc": {"type": "map", "values": record("c.Six")},
        "d.avsc": record("a.Twice", x="a.Deep"),
        "e.avsc": twice,
    }
    found = load(tree(tmp_path, files))
    assert found.findings == []
    assert found.units == {
        "a.One": "a.One",
        "a.Inner": "a.One",
        "a.Mark": "a.One",
        "a.Two": "a.Two",
        "b.Three": "a.Two",
        "b.Four": "b.Four",
        "b.Five": "b.Four",
        "c.Six": "c.Six",
        "a.Twice": "a.Twice",
        "a.Deep": "a.Twice",
    }
    assert {name: file for name, file in found.files.items() if name in ("a.Twice", "a.Deep")} == {
        "a.Twice": "schemas/d.avsc",
        "a.Deep": "schemas/e.avsc",
    }


def test_the_place_of_a_type(tmp_path: Path) -> None:
    found = load(tree(tmp_path, {"a.avsc": '[\n  {"type": "fixed", "name": "a.B", "size": 1}\n]'}))
    assert found.place("a.B") == Place("schemas/a.avsc", 2, 29)


def test_some_files_are_loaded_without_checks_across_files(tmp_path: Path) -> None:
    files = {"a.avsc": record("a.One"), "b.avsc": record("a.one"), "c.avsc": "{"}
    project = tree(tmp_path, files)
    some = load(project, ["schemas/b.avsc", "schemas/a.avsc"])
    assert (list(some.sources), some.findings) == (["schemas/a.avsc", "schemas/b.avsc"], [])
    assert {finding.rule for finding in load(project).findings} == {"MALFORMED_JSON", "NAME_CASE"}


class Refusing(Mapping[str, Place]):
    """Names whose places must not be asked for."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __getitem__(self, name: str) -> Place:
        raise AssertionError(f"the place of {name} was looked up for nothing")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def test_names_that_are_fine_cost_no_place() -> None:
    assert cross_check(Refusing("a.One", "a.b.One", "b.one", "One", "a.c.B", "c.B")) == []


def test_names_across_a_tree() -> None:
    names = ["a.One", "a.ONE", "a.oNe", "x.B.c.Y", "x.b.Z", "q.T", "q.T.u.V"]
    found = cross_check({name: Place(f"{name}.avsc", 1, 1) for name in names})
    assert render(found) == (
        "a.One.avsc:1:1: NAME_CASE the types a.ONE and a.One differ only in upper and lower case\n"
        "  Rename one of the two.\n"
        "  see a.ONE.avsc:1:1\n"
        "a.oNe.avsc:1:1: NAME_CASE the types a.ONE and a.oNe differ only in upper and lower case\n"
        "  Rename one of the two.\n"
        "  see a.ONE.avsc:1:1\n"
        "q.T.avsc:1:1: NAME_IS_NAMESPACE q.T is a type, and also the namespace of q.T.u.V\n"
        "  Rename the type, or move the others to another namespace.\n"
        "  see q.T.u.V.avsc:1:1\n"
        "x.b.Z.avsc:1:1: NAME_CASE the namespaces x.B and x.b differ only in upper and lower case\n"
        "  Rename one of the two.\n"
        "  see x.B.c.Y.avsc:1:1\n"
    )


def test_facts_of_one_file_agree_with_the_parser() -> None:
    found = load(Project(SCHEMAS.parent, Settings(namespace="insurance")))
    assert found.findings == []
    of_file = {name: facts(source.value) for name, source in found.sources.items()}
    assert {name: file for file, each in of_file.items() for name in each.definitions} == found.files
    assert frozenset().union(*(each.references for each in of_file.values())) <= found.files.keys()


def test_facts_know_what_a_bare_name_means() -> None:
    inner = {"type": "record", "name": "Inner", "namespace": "b", "fields": [{"name": "x", "type": "Far"}]}
    value = [
        record("a.One", x="Two", y=["null", {"type": "map", "values": inner}], z={"type": {"type": "Three"}}),
        {"type": "enum", "name": "a.b-c", "symbols": ["A"]},
        {"type": "record", "name": "Top", "namespace": "", "fields": "x"},
        {"type": "array", "items": "Bare"},
        7,
    ]
    found = facts(value)
    assert found.definitions == {"a.One", "b.Inner", "Top"}
    assert found.references == {"a.Two", "b.Far", "a.Three", "Bare"}


def test_a_trail_names_what_is_around() -> None:
    value = [record("a.One", x=["null", {"type": "array", "items": record("b.Two", y="int")}])]
    at = (0, "fields", 0, "type", 1, "items", "fields", 0, "type")
    assert trail(value, at).names == ("a.One", "a.One.x", "b.Two", "b.Two.y")
    assert trail(value, at).around == "b"
    assert trail(value, (0, "fields")).names == ("a.One",)
    assert trail(value, ()).names == trail(7, ("x", 0)).names == ()
