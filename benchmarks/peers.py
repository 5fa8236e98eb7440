"""The codecs side by side: each peer is prepared for a shape and hands back what to time.

Each is used as its own documentation says, in the quickest way that keeps the value: unions of records, which
fastavro would otherwise tell apart by trying, carry the branch's name wherever the peer lets them.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from benchmarks.models import Maker, build, classes
from benchmarks.shapes import NAMESPACE, PRICE, Json, Shape


@dataclass(frozen=True)
class Codec:
    """What is timed: encode takes one of `values`, decode bytes with `header` bytes before the body."""

    values: list[Any]
    encode: Callable[[Any], bytes]
    decode: Callable[[bytes], Any]
    header: int = 0


@dataclass(frozen=True)
class Peer:
    """A named way to encode and decode; `prepare` raises ImportError where the library is not installed."""

    name: str
    prepare: Callable[[Shape], Codec]


def writer(schema: Json) -> Callable[[Any], bytes]:
    """fastavro's schemaless writer of this schema, to bytes."""
    import fastavro

    parsed = fastavro.parse_schema(schema)

    def write(value: Any) -> bytes:
        out = io.BytesIO()
        fastavro.schemaless_writer(out, parsed, value)
        return out.getvalue()

    return write


def reader(schema: Json, named: bool = False) -> Callable[[bytes], Any]:
    """fastavro's schemaless reader of this schema; `named` gives records in a union as (full name, dict)."""
    import fastavro

    parsed = fastavro.parse_schema(schema)
    read = fastavro.schemaless_reader
    if named:
        return lambda data: read(io.BytesIO(data), parsed, None, return_record_name=True)
    return lambda data: read(io.BytesIO(data), parsed, None)


def fastavro_dicts(shape: Shape) -> Codec:
    """The measure of all others: dicts in, dicts out."""
    return Codec(shape.data, writer(shape.schema), reader(shape.schema))


def fastavro_msgspec(shape: Shape) -> Codec:
    """fastavro, then msgspec to and from Structs; records in a union carry the tag that fastavro knows."""
    import datetime
    import decimal
    import uuid

    import msgspec

    kept = (datetime.datetime, decimal.Decimal, uuid.UUID)
    of = classes(shape.schema, Maker(_struct, {}))
    write, read, cls = writer(shape.schema), _tagged_reader(shape), of[shape.name]
    return Codec(
        [build(shape.schema, of, datum) for datum in shape.data],
        lambda value: write(msgspec.to_builtins(value, builtin_types=kept)),
        lambda data: msgspec.convert(read(data), cls, builtin_types=kept),
    )


def _struct(name: str, fields: list[tuple[str, Any, bool]]) -> Any:
    import msgspec

    spec: list[Any] = [(field, of, None) if optional else (field, of) for field, of, optional in fields]
    tag = {"tag_field": "-type", "tag": f"{NAMESPACE}.{name}"} if name in ("Card", "Transfer") else {}
    return msgspec.defstruct(name, spec, frozen=True, kw_only=True, **tag)  # type: ignore[arg-type]


def _tagged_reader(shape: Shape) -> Callable[[bytes], Any]:
    """fastavro reads a record in a union as (name, dict); msgspec wants the name inside."""
    if shape.name != "Nested":
        return reader(shape.schema)
    read = reader(shape.schema, named=True)

    def tagged(data: bytes) -> Any:
        value = read(data)
        name, payment = value["payment"]
        payment["-type"] = name
        value["payment"] = payment
        return value

    return tagged


def dataclasses_avroschema(shape: Shape) -> Codec:
    """AvroModel.serialize and .deserialize, on the schema that the library makes of the classes."""
    types = import_module("dataclasses_avroschema").types

    own = {
        "int": types.Int32,
        "timestamp-micros": types.DateTimeMicro,
        "decimal": types.condecimal(max_digits=PRICE["precision"], decimal_places=PRICE["scale"]),
    }
    of = classes(shape.schema, Maker(_avro_model, own))
    values = [build(shape.schema, of, datum) for datum in shape.data]
    return Codec(values, lambda value: bytes(value.serialize()), of[shape.name].deserialize)


def _avro_model(name: str, fields: list[tuple[str, Any, bool]]) -> Any:
    base = import_module("dataclasses_avroschema").AvroModel

    spec: list[Any] = [(f, of, None) if optional else (f, of) for f, of, optional in fields]
    body = {"Meta": type("Meta", (), {"namespace": NAMESPACE})}
    return dataclasses.make_dataclass(name, spec, bases=(base,), namespace=body, kw_only=True)


def pydantic_avro(shape: Shape) -> Codec:
    """pydantic-avro makes schemas only, so values go through fastavro on the shape's own schema."""
    of = classes(shape.schema, Maker(_pydantic_model, {}))
    write, read, cls = writer(shape.schema), reader(shape.schema), of[shape.name]
    return Codec(
        [build(shape.schema, of, datum) for datum in shape.data],
        lambda value: write(value.model_dump()),
        lambda data: cls.model_validate(read(data)),
    )


def _pydantic_model(name: str, fields: list[tuple[str, Any, bool]]) -> Any:
    base = import_module("pydantic_avro").AvroBase
    plain = type("Plain", (base,), {"model_config": {"use_enum_values": True}})
    spec: dict[str, Any] = {f: (of, None if optional else ...) for f, of, optional in fields}
    return import_module("pydantic").create_model(name, __base__=plain, **spec)


def cavro(shape: Shape) -> Codec:
    """cavro's own Record objects on both sides, which it writes faster than dicts."""
    schema = import_module("cavro").Schema(json.dumps(shape.schema))
    write = writer(shape.schema)
    values = [schema.binary_decode(write(datum)) for datum in shape.data]
    return Codec(values, schema.binary_encode, schema.binary_decode)


PEERS = [
    Peer("fastavro dicts", fastavro_dicts),
    Peer("fastavro + msgspec.convert", fastavro_msgspec),
    Peer("dataclasses-avroschema", dataclasses_avroschema),
    Peer("pydantic-avro + fastavro", pydantic_avro),
    Peer("cavro", cavro),
]
