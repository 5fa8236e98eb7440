"""Names that Python, msgspec or Enum cannot take, and what they become."""

from __future__ import annotations

import enum
import keyword
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.hard_names import NAMES

from avow.generate import spelling
from avow.runtime.record import Record, Symbol

SETTINGS = settings(deadline=None)
UNDERSCORES = st.sampled_from(("", "_", "__", "___"))
WORDS = st.sampled_from(("", "a", "b2", "x", "name", "class", "None", "A__b", "1"))
IDENTIFIERS = st.one_of(
    st.sampled_from(NAMES), st.tuples(UNDERSCORES, WORDS, UNDERSCORES).map("".join).filter(str.isidentifier)
)
LISTS = st.lists(IDENTIFIERS, max_size=12, unique=True)

FIELDS = {
    "plain id a1 _x x_ _ camelCase": "plain id a1 _x x_ _ camelCase",
    "name value mro self cls type list copy": "name value mro self cls type list copy",
    "match case type _": "match case type _",
    "class None import": "class_ None_ import_",
    "class class_": "class__ class_",
    "class_ class": "class_ class__",
    "class class_ class__": "class___ class_ class__",
    "__x": "x_",
    "__x x_ x": "x__ x_ x",
    "__init__ __slots__ __dict__ __avro__": "init_ slots_ dict_ avro_",
    "__x __x__ ___x": "x_ x__ x___",
    "__class __class__": "class_ class__",
    "__ ___ ____": "x___ x____ x_____",
    "__1 __1__": "x__1_ x__1___",
}
SYMBOLS = {
    "RED GREEN auto self": "RED GREEN auto self",
    "name value mro": "name_ value_ mro_",
    "name name_": "name__ name_",
    "None True class": "None_ True_ class_",
    "_ignore_ _value_ _missing_ _order_ _b_": "ignore_ value_ missing_ order_ b_",
    "_value_ value value_": "value__ value___ value_",
    "__a__ __init__ __x": "a_ init_ x_",
    "_ __": "x__ x___",
    "_x x": "_x x",
    "_Colour__x _a__b": "Colour__x_ a__b_",
}


@pytest.mark.parametrize("names", FIELDS)
def test_fields(names: str) -> None:
    assert " ".join(spelling.fields(names.split()).values()) == FIELDS[names]


@pytest.mark.parametrize("names", SYMBOLS)
def test_symbols(names: str) -> None:
    assert " ".join(spelling.symbols(names.split()).values()) == SYMBOLS[names]


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [("a", "", "a"), ("a", "a", "a_"), ("a", "a a_ a__", "a___"), ("a_", "a", "a_")],
)
def test_a_free_name_has_as_many_underscores_as_it_takes(name: str, taken: str, expected: str) -> None:
    assert spelling.free(name, taken.split()) == expected


def test_reserved_names_are_kept_away_from() -> None:
    assert spelling.respell(["encode", "other"], frozenset({"encode", "encode_"})) == {
        "encode": "encode__",
        "other": "other",
    }


@SETTINGS
@given(LISTS)
@pytest.mark.parametrize("respell", [spelling.fields, spelling.symbols])
def test_results_are_unique_names_that_python_takes(respell: Callable[[Any], dict[str, str]], names: list[str]) -> None:
    found = respell(names)
    assert list(found) == names
    assert len(set(found.values())) == len(names)
    for spelled in found.values():
        assert spelled.isidentifier() and not keyword.iskeyword(spelled) and not spelled.startswith("__")
    assert respell([*names, *names]) == found


@SETTINGS
@given(LISTS, st.randoms(use_true_random=False))
def test_a_name_that_is_fine_stays_whatever_stands_beside_it(names: list[str], rng: Any) -> None:
    alone = {name for name in names if spelling.fields([name])[name] == name}
    rng.shuffle(names)
    assert {name for name, spelled in spelling.fields(names).items() if name == spelled} == alone


@SETTINGS
@given(LISTS)
def test_fields_make_a_record(names: list[str]) -> None:
    attributes = list(spelling.fields(names).values())
    lines = [f"    {attribute}: object" for attribute in attributes] or ["    pass"]
    scope: dict[str, Any] = {"Record": Record}
    exec("class Made(Record):\n" + "\n".join(lines), scope)
    event = scope["Made"](*range(len(names)))
    assert event.__struct_fields__ == tuple(attributes)
    assert [getattr(event, attribute) for attribute in attributes] == list(range(len(names)))


@SETTINGS
@given(LISTS, st.sampled_from(["Made", "E_1", "A__b"]))
def test_symbols_make_an_enum(names: list[str], class_: str) -> None:
    names = [*names, f"_{class_}__private", f"_{class_}__private__"]
    lines = [f"    {member} = {symbol!r}" for symbol, member in spelling.symbols(names).items()]
    scope: dict[str, Any] = {"Symbol": Symbol}
    exec(f"class {class_}(Symbol):\n" + "\n".join(lines), scope)
    assert [member.value for member in scope[class_]] == names
    assert all(isinstance(scope[class_](name), enum.Enum) for name in names)


def test_the_table_knows_what_enum_needs() -> None:
    """Whatever Enum's members have as attributes of their own, no symbol may take."""
    own = {name for name in dir(Symbol) if not name.startswith("_")}
    assert own <= spelling.RESERVED_SYMBOLS
    assert all(re.fullmatch("[a-z]+", name) for name in spelling.RESERVED_SYMBOLS)
