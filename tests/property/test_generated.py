"""Generated encoders and decoders themselves, without the fallback that hides what they refuse.

Schemas are drawn together with data; each becomes a package of its own. fastavro is the oracle for what is
valid, the plain encoder and the interpreter for what is not: those are held to fastavro in test_runtime.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support import oracle
from tests.support.build import array, decimal, enum, fixed, logical, map_, optional, record
from tests.support.generated import Generated, drawn_package, generate, package_of
from tests.support.mutate import NUMBERS, mutated, varint
from tests.support.project import make_project
from tests.support.schemas import LEAVES, random_value
from tests.support.wrong import WRONG, as_subclass, corrupted

from avow.runtime.limits import MAX_NESTING
from avow.runtime.logical import EXACT, MAX_DECIMAL_BYTES
from avow.runtime.schema import Record

RANDOM = st.randoms(use_true_random=False)
SETTINGS = settings(deadline=None, max_examples=50, phases=set(Phase) - {Phase.shrink, Phase.explain})
"""Each try generates a package: to look for a smaller one that fails takes minutes, and CI prints what failed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One project for all drawn schemas: what they have in common is written and compiled once."""
    return tmp_path_factory.mktemp("drawn")


def _value(generated: Generated, type_: Record, rng: Random) -> Any:
    return random_value(type_, rng, generated.registry.class_of)


# What an encoder or a decoder does: ("value", what it returns), or ("error", the message of the documented error)


def _written(generated: Generated, value: Any) -> tuple[str, Any]:
    """What the public function does, which must be what the plain encoder does."""
    error = generated.package.EncodeError
    found = _outcome(lambda: generated.registry.reference.write(value), error)
    assert _outcome(lambda: generated.bare.encode(value), error) == found
    return found


def _outcome(call: Any, error: type[Exception]) -> tuple[str, Any]:
    try:
        return "value", call()
    except error as refusal:
        return "error", str(refusal)


def _check_encoder(generated: Generated, value: Any) -> None:
    """The generated encoder writes what the plain one does, or refuses the value in any way it likes."""
    kind, plain = _written(generated, value)
    try:
        data = generated.registry.codec(value.__avro__).encode(value, b"")
    except Exception:
        return
    assert (kind, plain) == ("value", data), value


def _check_decoder(generated: Generated, type_: Record, data: bytes) -> None:
    """The generated decoder reads what the interpreter does, or refuses the bytes; the API says why."""
    error, class_ = generated.package.DecodeError, generated.registry.class_of(type_.name)
    kind, read = _outcome(lambda: generated.registry.reference.read(type_.name, data, 0), error)
    public = _outcome(lambda: generated.bare.decode(data, class_), error)
    assert public[0] == kind and oracle.same(public[1], read), data
    try:
        value = generated.registry.codec(type_.name).decode(data)
    except Exception:
        return
    assert kind == "value" and oracle.same(value, read), data


@SETTINGS
@given(rng=RANDOM)
def test_drawn_data_has_the_bytes_and_values_of_fastavro(folder: Path, rng: Random) -> None:
    generated, type_, rng = drawn_package(folder, rng)
    generated.check(type_, rng, 5)
    for value in (_value(generated, type_, rng) for _ in range(5)):
        assert _written(generated, value) == ("value", generated.encoded(type_, value))


@SETTINGS
@given(rng=RANDOM)
def test_a_subclass_is_written_as_its_base(folder: Path, rng: Random) -> None:
    generated, type_, rng = drawn_package(folder, rng)
    for value in (_value(generated, type_, rng) for _ in range(5)):
        disguised = as_subclass(value)
        assert _written(generated, disguised) == _written(generated, value)
        _check_encoder(generated, disguised)


@SETTINGS
@given(rng=RANDOM)
def test_wrong_values_are_refused_alike(folder: Path, rng: Random) -> None:
    generated, type_, rng = drawn_package(folder, rng)
    for value in (_value(generated, type_, rng) for _ in range(5)):
        for _ in range(12):
            _check_encoder(generated, corrupted(value, rng))


@SETTINGS
@given(rng=RANDOM)
def test_damaged_messages_are_refused_alike(folder: Path, rng: Random) -> None:
    generated, type_, rng = drawn_package(folder, rng)
    messages = [generated.bare.encode(_value(generated, type_, rng)) for _ in range(4)]
    for data in messages:
        for end in range(0, len(data), max(1, len(data) // 25)):
            _check_decoder(generated, type_, data[:end])
        for _ in range(25):
            _check_decoder(generated, type_, mutated(data, messages, rng))


@pytest.mark.parametrize("depth", [127, 128, 129])
def test_records_nested_too_deeply_are_refused_alike(folder: Path, depth: int) -> None:
    schema: Any = "int"
    for level in range(depth):
        schema = record(f"Level{level}", ("inner", schema))
    generated = package_of(folder, schema)
    (type_,) = generated.roots()
    assert isinstance(type_, Record)
    value: Any = 1
    for level in range(depth):
        value = generated.registry.class_of(f"Level{level}")(value)
    assert _written(generated, value)[0] == ("value" if depth <= MAX_NESTING else "error")
    _check_encoder(generated, value)
    _check_decoder(generated, type_, b"\x02")


def test_decimals_longer_than_the_limit_are_refused_alike(folder: Path) -> None:
    generated = package_of(folder, record("Long", ("x", decimal(30_000))))
    (type_,) = generated.roots()
    assert isinstance(type_, Record)
    longest = 1 << 8 * MAX_DECIMAL_BYTES - 1
    for unscaled in (longest - 1, longest, -longest, -longest - 1, 10**20_000, 10**30_000):
        _check_encoder(generated, generated.registry.class_of("Long")(EXACT.create_decimal(unscaled)))
    for size in (MAX_DECIMAL_BYTES, MAX_DECIMAL_BYTES + 1, 12_000):
        _check_decoder(generated, type_, varint(size) + b"\x55" * size)


# Every type that has no parts, in every place where a type can stand, with every wrong value there is


def _leaf_types() -> list[Any]:
    sizes = {"a": {"size": 0}, "b": {"size": 4}, "c": {"size": 16, "logicalType": "uuid"}}
    decimals = {"e": (1, 2, 0), "f": (4, 9, 3), "g": (20, 47, 40)}
    return [
        *LEAVES,
        *(decimal(*digits) for digits in ((1, 0), (9, 9), (18, 0), (19, 2), (400, 200))),
        *(fixed(f"Fixed_{name}", **size) for name, size in sizes.items()),
        fixed("Fixed_d", 12, logicalType="duration"),
        *(
            fixed(f"Fixed_{name}", size, logicalType="decimal", precision=precision, scale=scale)
            for name, (size, precision, scale) in decimals.items()
        ),
        enum("Colour", "RED", "GREEN"),
        enum("Hundred", *(f"S{at}" for at in range(100))),
    ]


def _name_of(type_: Any) -> Any:
    return type_["name"] if isinstance(type_, dict) and "name" in type_ else type_


UNIONS: tuple[Any, ...] = (
    ["int", "float"],
    ["float", "int"],
    ["long", "double"],
    ["int", "long", "float", "double"],
    ["double", "float", "long", "int"],
    ["float", "double"],
    ["double", "float"],
    ["null", "float", "string"],
    ["boolean", "int", "string", "bytes", "Fixed_b"],
    ["Fixed_b", "Fixed_a", "bytes"],
    [decimal(6, 2), "Fixed_g", "Fixed_f", "double"],
    ["Fixed_f", "Fixed_g", decimal(30, 1)],
    ["Fixed_e", logical("bytes", "big-decimal")],
    [logical("bytes", "big-decimal"), "Fixed_g"],
    [logical("int", "date"), logical("long", "timestamp-millis")],
    [logical("long", "local-timestamp-millis"), logical("int", "date"), "null"],
    [logical("int", "time-millis"), logical("long", "time-micros")],
    [logical("long", "time-micros"), logical("int", "time-millis"), "string"],
    [logical("long", "timestamp-nanos"), "int", "double"],
    [logical("long", "timestamp-micros"), "int", "float"],
    [logical("string", "uuid"), "Fixed_c"],
    ["Fixed_c", logical("string", "uuid"), "bytes"],
    ["Fixed_d", "Fixed_b", "null"],
    ["Colour", "string", "Hundred"],
    [array("int"), map_("int"), "string"],
    ["null"],
    ["string"],
    [],
)


@pytest.fixture(scope="module")
def leaves(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """A package with records of one field, whose types are all that have no parts, and containers of them."""
    records = []
    for at, type_ in enumerate(_leaf_types()):
        name = _name_of(type_)
        records.append(record(f"Plain{at}", ("x", type_)))
        records += (record(f"Items{at}", ("x", array(name))), record(f"Entries{at}", ("x", map_(name))))
        records += [] if name == "null" or name == {"type": "null"} else [record(f"Maybe{at}", ("x", optional(name)))]
    records += [record(f"Union{at}", ("x", union)) for at, union in enumerate(UNIONS)]
    root = make_project(tmp_path_factory.mktemp("leaves"), {"all.avsc": records}, 'package = "leaves"')
    assert generate(root).findings == []
    return Generated(root, "leaves")


def _records(leaves: Generated) -> list[tuple[Record, Any]]:
    found = [(type_, leaves.registry.class_of(type_.name)) for type_ in leaves.roots() if isinstance(type_, Record)]
    assert len(found) > 150
    return found


def test_every_leaf_refuses_every_wrong_value_alike(leaves: Generated) -> None:
    symbols = [leaves.registry.class_of(name)(symbol) for name, symbol in (("Colour", "RED"), ("Hundred", "S99"))]
    values = [*WRONG, *symbols, leaves.registry.class_of("Plain0")(None)]
    for _, class_ in _records(leaves):
        for value in values:
            for whole in (value, [value], [value, value], {"k": value}):
                _check_encoder(leaves, class_(whole))


def test_every_leaf_refuses_damaged_bytes_alike(leaves: Generated) -> None:
    rng = Random("leaves")
    for type_, _ in _records(leaves):
        messages = [leaves.bare.encode(_value(leaves, type_, rng)) for _ in range(6)]
        for data in (*NUMBERS, *(mutated(message, messages, rng) for message in messages for _ in range(15))):
            _check_decoder(leaves, type_, data)
            _check_decoder(leaves, type_, b"\x02" + data + b"\0")


def test_every_leaf_round_trips(leaves: Generated) -> None:
    rng = Random("round trip")
    for type_, _ in _records(leaves):
        leaves.check(type_, rng, 8)
