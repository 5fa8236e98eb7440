"""Where a type lives: package, class and modules, decided by the names alone."""

from __future__ import annotations

import itertools
import keyword
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.hard_names import MODULES, SEGMENTS

from avow.generate.layout import Home, Layout

SETTINGS = settings(deadline=None)
# root namespace; full names; where their classes are
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "the root namespace is left out": (
        "insurance",
        {"insurance.quoting.Quote": "quoting.Quote", "insurance.quoting.parts.Line": "quoting.parts.Line"},
    ),
    "no root namespace": ("", {"insurance.quoting.Quote": "insurance.quoting.Quote", "a.B": "a.B"}),
    "a root namespace of two parts": ("com.acme", {"com.acme.a.B": "a.B", "com.other.C": "com.other.C"}),
    "types of the root namespace, and of none": ("insurance", {"insurance.Event": "root_.Event", "Bare": "root_.Bare"}),
    "no namespaces at all": ("", {"A": "root_.A", "B": "root_.B"}),
    "a namespace that only begins like the root": ("insurance", {"insurances.A": "insurances.A"}),
    "outside of the root": ("insurance", {"other.A": "other.A", "other.deep.B": "other.deep.B"}),
    "one name inside and outside": ("insurance", {"insurance.quoting.Q": "quoting.Q", "quoting.Q": "quoting.Q_"}),
    "one name in the root and in none": ("insurance", {"insurance.A": "root_.A", "A": "root_.A_"}),
    "one short name in two namespaces": ("", {"a.Money": "a.Money", "b.Money": "b.Money"}),
    "a namespace called like the root's package": ("", {"root_.A": "root__.A", "A": "root_.A"}),
    "namespaces that are keywords": ("x", {"x.class.None": "class_.None_", "x.import.def.A": "import_.def_.A"}),
    "a keyword beside its respelling": ("x", {"x.class.A": "class__.A", "x.class_.A": "class_.A"}),
    "namespaces that the package itself has": (
        "x",
        {
            "x.encode.A": "encode_.A",
            "x.framing.A": "framing_.A",
            "x.errors.A": "errors_.A",
            "x.testing.A": "testing_.A",
        },
    ),
    "such a namespace further down": ("x", {"x.a.encode.A": "a.encode.A"}),
    "private namespaces": ("x", {"x._runtime.A": "runtime_.A", "x._codecs.A": "codecs_.A", "x.__a.B": "a_.B"}),
    "classes that hide a builtin": (
        "x",
        {"x.a.dict": "a.dict_", "x.a.print": "a.print_", "x.a.ValueError": "a.ValueError"},
    ),
    "classes that hide a builtin, spelled already": ("x", {"x.a.dict": "a.dict__", "x.a.dict_": "a.dict_"}),
    "private classes": ("x", {"x.a._T": "a.T_", "x.a.__x": "a.x_", "x.a.__init__": "a.init_"}),
    "a type called like a namespace beside it": ("x", {"x.a.b": "a.b_", "x.a.b.C": "a.b.C"}),
    "a namespace that is the parent of another": ("x", {"x.a.A": "a.A", "x.a.b.B": "a.b.B", "x.a.b.c.C": "a.b.c.C"}),
    "a type called like a namespace at the top": ("x", {"x.quoting": "root_.quoting", "x.quoting.Q": "quoting.Q"}),
}


def _path(home: Home) -> str:
    return ".".join((*home.package, home.class_name))


@pytest.mark.parametrize("case", CASES)
def test_where_a_class_is(case: str) -> None:
    root, expected = CASES[case]
    layout = Layout({name: name for name in expected}, root)
    assert {name: _path(home) for name, home in layout.homes.items()} == expected


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_the_names_changes_nothing(case: str) -> None:
    root, expected = CASES[case]
    for names in itertools.permutations(expected):
        assert Layout({name: name for name in names}, root).homes == Layout({n: n for n in expected}, root).homes


def test_modules_are_called_like_the_class_and_codecs_mirror_them() -> None:
    home = Layout({"x.class.None": "x.class.None"}, "x").homes["x.class.None"]
    assert home == Home("x.class.None", ("class_",), "None_", "class_._None_", "_codecs.class_.None_", "x.class.None")


def test_types_of_one_definition_share_a_codec_and_those_of_one_package_a_module() -> None:
    homes = Layout(dict.fromkeys(("x.a.Outer", "x.a.Inner", "x.b.Far", "y.Other", "x.b.Near"), "x.a.Outer"), "x").homes
    assert {home.codec for home in homes.values()} == {"_codecs.a.Outer"}
    assert {name: home.module for name, home in homes.items()} == {
        "x.a.Inner": "a._Outer",
        "x.a.Outer": "a._Outer",
        "x.b.Far": "b._Far",
        "x.b.Near": "b._Far",
        "y.Other": "y._Other",
    }


def test_members_are_sorted_by_package_and_class() -> None:
    layout = Layout({name: name for name in ("x.b.B", "x.a.Z", "x.a.A", "x.a.sub.C", "Bare")}, "x")
    assert {path: [home.class_name for home in homes] for path, homes in layout.members().items()} == {
        ("a",): ["A", "Z"],
        ("a", "sub"): ["C"],
        ("b",): ["B"],
        ("root_",): ["Bare"],
    }


def test_a_package_around_others_has_a_place_of_its_own() -> None:
    assert list(Layout({"x.a.b.c.T": "x.a.b.c.T"}, "x").members()) == [("a",), ("a", "b"), ("a", "b", "c")]


NAMESPACES = st.lists(st.sampled_from((*SEGMENTS, "a", "b", "encode_", "class_")), max_size=3).map(".".join)
FULL_NAMES = st.builds(
    lambda namespace, name: f"{namespace}.{name}".lstrip("."), NAMESPACES, st.sampled_from((*MODULES, "a", "b", "A"))
)


@SETTINGS
@given(st.lists(FULL_NAMES, min_size=1, max_size=12, unique=True), st.sampled_from(["", "a", "a.b", "contracts"]))
def test_no_two_things_share_a_place(names: list[str], root: str) -> None:
    layout = Layout({name: name for name in names}, root)
    homes = layout.homes.values()
    packages = {".".join(path) for path in layout.packages.values()}
    for places in (
        [_path(home) for home in homes],
        [home.module for home in homes],
        [home.codec for home in homes],
    ):
        assert len(set(places)) == len(places) and packages.isdisjoint(places)
    assert len(packages) == len(layout.packages)
    for word in (word for home in homes for word in (*home.package, home.class_name)):
        assert word.isidentifier() and not keyword.iskeyword(word) and not word.startswith("_")


@SETTINGS
@given(st.lists(FULL_NAMES, min_size=1, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_a_name_decides_nothing_by_its_turn(names: list[str], rng: Any) -> None:
    homes = Layout({name: name for name in names}, "a").homes
    rng.shuffle(names)
    assert Layout({name: name for name in names}, "a").homes == homes
