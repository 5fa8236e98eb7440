"""Defaults as Python source: it evaluates to the value, and can be nothing else."""

from __future__ import annotations

import ast
import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support import oracle
from tests.support.schemas import random_schema
from tests.support.values import any_leaf

from avow.generate.expression import expression, is_shared, literal, quoted
from avow.generate.layout import Layout
from avow.generate.scope import Scope
from avow.runtime import schema as model
from avow.runtime.defaults import resolve_default
from avow.runtime.parse import parse
from avow.runtime.record import Duration

SETTINGS = settings(deadline=None)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)
NAMES = {"_dt": dt, "_Decimal": Decimal, "_UUID": UUID, "_Duration": Duration}
UNSAFE = (ast.Lambda, ast.NamedExpr, ast.Await, ast.Yield, ast.comprehension, ast.JoinedStr, ast.Subscript)


def _scope() -> Scope:
    return Scope("contracts", "here", {})


def _single(source: str) -> ast.expr:
    """The expression that source is; it must be one, on one line of ASCII."""
    assert source.isascii() and source.isprintable()
    return ast.parse(source, mode="eval").body


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("", '""'),
        ("plain", '"plain"'),
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ("both \" and '", "'both \" and \\''"),
        ("a\\b\nc", '"a\\\\b\\nc"'),
        ("é😀\ud800\u202e\0", '"\\xe9\\U0001f600\\ud800\\u202e\\x00"'),
        ("{x} %s", '"{x} %s"'),
        (b"", 'b""'),
        (b"\xff\0a\"'", "b'\\xff\\x00a\"\\''"),
    ],
)
def test_text_and_bytes_in_quotes(value: str | bytes, source: str) -> None:
    assert quoted(value) == source


@SETTINGS
@given(st.one_of(TEXTS, st.binary(max_size=60)))
@example("\\'")
@example("\\'\"")
@example("'\\")
@example(b"'\\\"")
@example('"""\nimport os\n"""')
def test_quoted_text_is_one_literal_of_that_text(value: str | bytes) -> None:
    source = quoted(value)
    assert isinstance(_single(source), ast.Constant)
    assert ast.literal_eval(source) == value
    assert ast.literal_eval(f"({source},)") == (value,)


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (None, "None"),
        (True, "True"),
        (-5, "-5"),
        (1.5, "1.5"),
        (-0.0, "-0.0"),
        (1e300, "1e+300"),
        (Decimal("1.50"), '_Decimal("1.50")'),
        (Decimal("-1E+7"), '_Decimal("-1E+7")'),
        (UUID(int=1), '_UUID("00000000-0000-0000-0000-000000000001")'),
        (Duration(1, 2, 3), "_Duration(1, 2, 3)"),
        (dt.date(2020, 1, 2), "_dt.date(2020, 1, 2)"),
        (dt.time(1, 2, 3, 4), "_dt.time(1, 2, 3, 4)"),
        (dt.datetime(2020, 1, 2, 3, 4, 5, 6), "_dt.datetime(2020, 1, 2, 3, 4, 5, 6)"),
        (dt.datetime(2020, 1, 2, tzinfo=dt.UTC), "_dt.datetime(2020, 1, 2, 0, 0, tzinfo=_dt.UTC)"),
    ],
)
def test_a_value_as_source(value: object, source: str) -> None:
    assert literal(value, _scope()) == source


@SETTINGS
@given(st.randoms(use_true_random=False))
def test_source_evaluates_to_the_value(rng: Random) -> None:
    value = any_leaf(rng)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(dt.UTC)  # as every default is
    if isinstance(value, float) and value - value != 0:
        return  # JSON has no NaN and no infinities
    source = literal(value, _scope())
    tree = _single(source)
    assert not any(isinstance(node, UNSAFE) for node in ast.walk(tree))
    assert oracle.same(eval(source, {**NAMES, "__builtins__": {}}), value)


@SETTINGS
@given(st.randoms(use_true_random=False))
def test_defaults_of_drawn_schemas_are_built_of_calls_and_literals(rng: Random) -> None:
    root = parse(random_schema(rng))
    homes = Layout({name: name for name in model.named_types(root)}, "").homes
    for record in model.named_types(root).values():
        for field in record.fields if isinstance(record, model.Record) else ():
            if field.default is not model.NO_DEFAULT:
                default = resolve_default(field.type, field.default)
                tree = _single(expression(default, Scope("contracts", "here", homes)))
                assert not any(isinstance(node, UNSAFE) for node in ast.walk(tree))
                assert all(_is_known(node.func, homes) for node in ast.walk(tree) if isinstance(node, ast.Call))


def _is_known(called: ast.expr, homes: Any) -> bool:
    """Whether a call is one of a generated class, or of the few of Python's own that defaults need."""
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id == "_dt"
    assert isinstance(called, ast.Name)
    return called.id in NAMES or any(called.id.endswith(home.class_name) for home in homes.values())


def _default(type_: Any, value: Any) -> Any:
    root = parse({"type": "record", "name": "Around", "fields": [{"name": "x", "type": type_, "default": value}]})
    assert isinstance(root, model.Record)
    return resolve_default(root.fields[0].type, value)


COLOUR = {"type": "enum", "name": "Colour", "symbols": ["RED", "name"]}
POINT = {
    "type": "record",
    "name": "Point",
    "fields": [{"name": "class", "type": "int"}, {"name": "colour", "type": COLOUR, "default": "name"}],
}
NESTED: dict[str, tuple[Any, Any, str]] = {
    "an array": ({"type": "array", "items": "int"}, [1, 2], "[1, 2]"),
    "a map": ({"type": "map", "values": "string"}, {'"': "'"}, "{'\"': \"'\"}"),
    "an enum": (COLOUR, "name", "Colour.name_"),
    "a record": (POINT, {"class": 1}, "Point(class_=1, colour=Colour.name_)"),
    "a branch": (["null", {"type": "array", "items": POINT}], [{"class": 2, "colour": "RED"}], ""),
}


@pytest.mark.parametrize("case", NESTED)
def test_a_default_with_parts(case: str) -> None:
    type_, value, source = NESTED[case]
    homes = Layout({"Colour": "Colour", "Point": "Point"}, "").homes
    found = expression(_default(type_, value), Scope("contracts", "here", homes))
    assert found == (source or "[Point(class_=2, colour=Colour.RED)]")


def test_one_object_serves_all_where_it_cannot_change() -> None:
    assert is_shared(_default("int", 1), frozenset())
    assert is_shared(_default(COLOUR, "RED"), frozenset({"Colour"}))
    assert not is_shared(_default(COLOUR, "RED"), frozenset())
    assert not is_shared(_default({"type": "array", "items": "int"}, []), frozenset())
