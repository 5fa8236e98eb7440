"""The runtime on random schemas and data: fastavro writes the same bytes and reads the same values."""

from __future__ import annotations

from random import Random
from typing import Any

import fastavro.schema
import pytest
from fastavro._read_common import SchemaResolutionError
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import oracle
from tests.support.classes import Classes, classes_of
from tests.support.evolve import evolved, flat
from tests.support.hard import PROJECTS, VALUELESS
from tests.support.inline import bare, definitions, inline
from tests.support.schemas import Drawn, Options, drawn, random_drawn, random_value, schemas
from tests.support.values import any_leaf

from avow.runtime import interpret, write
from avow.runtime import schema as model
from avow.runtime.canonical import canonical_form, fingerprint
from avow.runtime.choose import choose
from avow.runtime.declare import Document
from avow.runtime.errors import DecodeError, SchemaError
from avow.runtime.parse import parse, parse_documents
from avow.runtime.resolution import Plan, resolve

RANDOM = st.randoms(use_true_random=False)
SETTINGS = settings(deadline=None, max_examples=200)
EVOLVING = Options(logical=False, defaults=False, bare_inside=False, unique_short_names=True, records_only=True)


def _encode(type_: model.Type, value: Any, classes: Classes) -> bytes:
    return write.encode(type_, value, "value", classes)


def _decode(plan: Plan, data: bytes, classes: Classes) -> Any:
    return interpret.decode(plan, data, 0, "value", classes)


def _check(bare_schema: Any, logical_schema: Any, type_: model.Type, value: Any, classes: Classes) -> None:
    data = _encode(type_, value, classes)
    assert data == oracle.write(bare_schema, oracle.to_fastavro(type_, value))
    assert oracle.same(oracle.read(bare_schema, data), oracle.to_raw(type_, value))
    assert oracle.same(oracle.read(logical_schema, data), oracle.to_logical(type_, value))
    assert oracle.same(_decode(resolve(type_, type_), data, classes), value)


@SETTINGS
@given(drawn())
def test_bytes_and_values_are_those_of_fastavro(case: Drawn) -> None:
    data = _encode(case.type, case.value, case.classes)
    assert data == oracle.encode(case.schema, case.type, case.value)
    assert oracle.same(oracle.decode(case.schema, data), oracle.to_raw(case.type, case.value))
    assert oracle.same(oracle.decode_logical(case.schema, data), oracle.to_logical(case.type, case.value))


@SETTINGS
@given(drawn())
def test_a_value_decodes_back_equal(case: Drawn) -> None:
    data = _encode(case.type, case.value, case.classes)
    assert oracle.same(_decode(resolve(case.type, case.type), data, case.classes), case.value)


@SETTINGS
@given(RANDOM)
def test_a_union_takes_the_branch_of_the_rule(rng: Random) -> None:
    case = random_drawn(rng)
    unions = [type_ for type_ in _types(case.type) if isinstance(type_, model.Union)]
    for union in unions:
        for value in (any_leaf(rng), any_leaf(rng)):
            assert choose(union, value, case.classes) == oracle.pick(union, value), (union, value)


def _types(root: model.Type) -> list[model.Type]:
    found: dict[int, model.Type] = {}
    waiting = [root]
    while waiting:
        type_ = waiting.pop()
        if id(type_) not in found:
            found[id(type_)] = type_
            waiting.extend(model.children(type_))
    return list(found.values())


@SETTINGS
@given(drawn())
def test_truncated_bytes_are_refused(case: Drawn) -> None:
    data = _encode(case.type, case.value, case.classes)
    plan = resolve(case.type, case.type)
    for end in range(0, len(data), max(1, len(data) // 200)):
        with pytest.raises(DecodeError):
            _decode(plan, data[:end], case.classes)


@SETTINGS
@given(drawn(), RANDOM)
def test_mutated_bytes_are_refused_or_a_value(case: Drawn, rng: Random) -> None:
    data = _encode(case.type, case.value, case.classes)
    plan = resolve(case.type, case.type)
    for _ in range(20):
        hostile = _mutated(data, rng)
        try:
            value = _decode(plan, hostile, case.classes)
        except DecodeError:
            continue
        again = _encode(case.type, value, case.classes)
        assert oracle.same(_decode(plan, again, case.classes), value), hostile


_TELLING = (b"", b"\x00", b"\x01", b"\x80", b"\xff", b"\xff\xff\xff\xff\x0f", b"\xfe\xff\xff\xff\x0f")


def _mutated(data: bytes, rng: Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(made) + 1)
        cut = rng.choice((0, 0, 1, 3))
        made[at : at + cut] = rng.choice(
            (b"", b"\xff", b"\x00", b"\x01", b"\x80", b"\xff\xff\xff\xff\x0f", rng.randbytes(2))
        )
    return bytes(made)


@SETTINGS
@given(schemas())
def test_canonical_form_and_fingerprint_are_those_of_fastavro(schema: Any) -> None:
    canonical = canonical_form(parse(schema))
    assert canonical == fastavro.schema.to_parsing_canonical_form(bare(schema, logical=True))
    theirs = fastavro.schema.fingerprint(canonical, "CRC-64-AVRO")
    assert fingerprint(canonical).to_bytes(8, "little").hex() == theirs


@SETTINGS
@given(schemas(), RANDOM)
def test_a_damaged_schema_is_a_type_or_a_schema_error(schema: Any, rng: Random) -> None:
    for _ in range(10):
        try:
            named = model.named_types(parse(_damaged(schema, rng)))
        except SchemaError as error:
            assert all(problem.partition(" ")[0].isupper() for problem in error.problems)
        else:
            assert all(type_.name == name for name, type_ in named.items())


def _damaged(value: Any, rng: Random) -> Any:
    """Return JSON with one part, somewhere in it, gone or replaced."""
    if not isinstance(value, (list, dict)) or not value or rng.random() < 0.15:
        return rng.choice(_JUNK)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    chosen = rng.choice(keys)
    made = value.copy()
    if rng.random() < 0.15:
        del made[chosen]
    else:
        made[chosen] = _damaged(made[chosen], rng)
    return made


_JUNK: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1.5,
        1 << 70,
        float("nan"),
        "",
        "x",
        "A",
        "int",
        "record",
        "a.b",
        "a..b",
        "\ud800",
        "é",
    ),
    *([], {}, [[]], ["int", "int"], [None], {"type": "A"}, {"type": []}, {"type": "array"}),
    {"type": "enum", "name": 1},
    {"type": "record", "name": "A", "fields": [{}]},
    {"type": "fixed", "name": "int", "size": "1"},
)


@SETTINGS
@given(schemas())
def test_a_default_is_a_value_of_its_type(schema: Any) -> None:
    root = parse(schema)
    classes = classes_of(root)
    records = [named for named in model.named_types(root).values() if isinstance(named, model.Record)]
    for field in (field for record in records for field in record.fields if field.default is not model.NO_DEFAULT):
        value = interpret.default_value(field.type, field.default, classes)
        data = _encode(field.type, value, classes)
        assert oracle.same(_decode(resolve(field.type, field.type), data, classes), value)


@SETTINGS
@given(drawn(EVOLVING), RANDOM)
def test_a_later_reader_reads_what_fastavro_reads(case: Drawn, rng: Random) -> None:
    old = flat(case.schema)
    new = evolved(old, rng)
    writer, reader = parse(old.schema()), parse(new.schema())
    classes = classes_of(writer)
    data = _encode(writer, random_value(writer, rng, classes), classes)
    plan = resolve(writer, reader)
    try:
        expected = oracle.read_as(old.parsed(), new.parsed(), data)
    except SchemaResolutionError:
        with pytest.raises(DecodeError):
            _decode(plan, data, classes_of(reader))
    else:
        value = _decode(plan, data, classes_of(reader))
        assert oracle.same(oracle.to_raw(reader, value), expected)


@pytest.mark.parametrize("project", PROJECTS)
def test_hard_schemas_round_trip_as_in_fastavro(project: str) -> None:
    files = PROJECTS[project]
    found = parse_documents([Document(path, value, lists=True) for path, value in files])
    assert found.problems == []
    known = {name: each for _, value in files for name, each in definitions(value).items()}
    for name in found.types.keys() - VALUELESS:
        type_, schema = found.types[name], inline(name, known)
        classes = classes_of(type_)
        for seed in range(3):
            value = random_value(type_, Random(seed), classes)
            _check(bare(schema), bare(schema, logical=True), type_, value, classes)
