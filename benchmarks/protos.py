"""The schemas of the corpus as .proto files: as many messages, fields, docs and references to other files."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.corpus import Corpus
from benchmarks.shapes import Json

_SCALARS = {
    "string": "string",
    "bytes": "bytes",
    "long": "int64",
    "int": "int32",
    "double": "double",
    "boolean": "bool",
}


def protos(tree: Corpus) -> dict[str, str]:
    """Return path -> text of a .proto file for each file of the corpus."""
    return {path.replace(".avsc", ".proto"): proto(schema) for path, schema in tree.files().items()}


def proto(schema: Json) -> str:
    """Return the text of the .proto file that says what a record's schema says."""
    imports = sorted(set(_references(schema["fields"])))
    lines = ['syntax = "proto3";', "", f"package {schema['namespace']}.v1;", ""]
    lines += [f'import "{name.replace(".", "/")}.proto";' for name in imports]
    return "\n".join([*lines, "", *_message(schema, "")]) + "\n"


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        if "." in value:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        for key in ("type", "items", "values", "fields"):
            yield from _references(value.get(key))


def _message(record: Json, pad: str) -> Iterator[str]:
    yield from _comment(record, pad)
    yield f"{pad}message {record['name']} {{"
    inner = f"{pad}  "
    for number, field in enumerate(record["fields"], start=1):
        yield from _field(field, number * 10, inner)
    yield f"{pad}}}"


def _field(field: Json, number: int, pad: str) -> Iterator[str]:
    of, name = field["type"], field["name"]
    yield from _nested(of, pad)
    yield from _comment(field, pad)
    if isinstance(of, list) and "null" not in of:
        yield f"{pad}oneof {name} {{"
        yield from (f"{pad}  {_type(each)} {name}_{at} = {number + at};" for at, each in enumerate(of))
        yield f"{pad}}}"
    else:
        yield f"{pad}{_label(of)}{_type(of)} {name} = {number};"


def _nested(of: Json, pad: str) -> Iterator[str]:
    for each in of if isinstance(of, list) else [of]:
        if isinstance(each, dict) and each["type"] == "record":
            yield from _message(each, pad)
        elif isinstance(each, dict) and each["type"] == "enum":
            yield from _enum(each, pad)
        elif isinstance(each, dict) and each["type"] == "array":
            yield from _nested(each["items"], pad)


def _enum(enum: Json, pad: str) -> Iterator[str]:
    prefix = enum["name"].upper()
    yield from _comment(enum, pad)
    yield f"{pad}enum {enum['name']} {{"
    for at, symbol in enumerate(["UNSPECIFIED", *enum["symbols"]]):
        yield f"{pad}  {prefix}_{symbol} = {at};"
    yield f"{pad}}}"


def _label(of: Json) -> str:
    if isinstance(of, list):
        return "optional "
    return "repeated " if isinstance(of, dict) and of["type"] == "array" else ""


def _type(of: Json) -> str:
    if isinstance(of, list):
        return _type(next(each for each in of if each != "null"))
    if isinstance(of, str):
        return _SCALARS.get(of) or f".{of.rpartition('.')[0]}.v1.{of.rpartition('.')[2]}"
    if of["type"] == "array":
        return _type(of["items"])
    if of["type"] == "map":
        return f"map<string, {_type(of['values'])}>"
    return of["name"] if "name" in of else _SCALARS[of["type"]]


def _comment(described: Json, pad: str) -> Iterator[str]:
    if "doc" in described:
        yield f"{pad}// {described['doc']}"
