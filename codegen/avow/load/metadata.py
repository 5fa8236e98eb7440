"""What records and fields say beside Avro: is a record's ``contract`` in order, are the marks of its fields?

The rules are contract.schema.json and field.schema.json, which editors can use too. Loading jsonschema costs
more than the whole check of a thousand contracts, so the structs here answer first whether there is anything
wrong, and jsonschema is asked only for what it is. A test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, ValidationError, convert

from avow.runtime.names import nearest
from avow.runtime.problem import show
from avow.runtime.schema import Json, Path, Record

if TYPE_CHECKING:
    from jsonschema import ValidationError as Refusal  # type: ignore[import-untyped]
    from jsonschema.protocols import Validator  # type: ignore[import-untyped]

Service: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$(?!\n)")]
Channel: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$(?!\n)", max_length=200)]
Dotted: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*$(?!\n)")]
Since: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|v?[0-9]+([.][0-9]+)*)$(?!\n)",
    ),
]
Duration: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^P([0-9]+W|(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+D)?"
        r"(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?)$(?!\n)",
    ),
]


class Deprecated(Struct, frozen=True, forbid_unknown_fields=True):
    """Since when something should no longer be used, and what to use instead."""

    since: Since
    use: Dotted | UnsetType = UNSET
    reason: Annotated[str, Meta(min_length=1)] | UnsetType = UNSET


class Contract(Struct, frozen=True, forbid_unknown_fields=True):
    """The ``contract`` object of a record; contract.schema.json says what each attribute means."""

    kind: Literal["event", "command", "query", "answer", "snapshot", "document"]
    pattern: Literal["notification", "state-transfer", "sourced"] | UnsetType = UNSET
    owner: Service | UnsetType = UNSET
    channel: Channel | UnsetType = UNSET
    key: Dotted | UnsetType = UNSET
    partitions: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    compatibility: (
        Literal[
            "NONE",
            "BACKWARD",
            "BACKWARD_TRANSITIVE",
            "FORWARD",
            "FORWARD_TRANSITIVE",
            "FULL",
            "FULL_TRANSITIVE",
        ]
        | UnsetType
    ) = UNSET
    retention: Duration | UnsetType = UNSET
    deprecated: Deprecated | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.pattern is not UNSET and self.kind != "event":
            raise ValueError("only events have a pattern")


class Sensitive(Struct, frozen=True, forbid_unknown_fields=True):
    """Which services may read a field."""

    readers: Annotated[tuple[Service, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        if len(set(self.readers)) < len(self.readers):
            raise ValueError("a reader stands twice")


class Marks(Struct, frozen=True):
    """What avow understands among the further attributes of a field; others are none of its business."""

    deprecated: Deprecated | bool | UnsetType = UNSET
    sensitive: Sensitive | UnsetType = UNSET


def problems(record: Record) -> Iterator[tuple[Path, str, str]]:
    """Yield what is wrong with the contract of a record and with the marks of its fields.

    Each is the JSON path inside the record, what was found beside what is allowed, and what to do.
    Source of the rules: contract.schema.json and field.schema.json.
    """
    if "contract" in record.props:
        contract = record.props["contract"]
        if not fits(contract, Contract):
            yield from _explain("contract.schema.json", contract, ("contract",))
    for field in record.fields:
        if field.props and not fits(field.props, Marks):
            yield from _explain("field.schema.json", field.props, field.at[len(record.at) :])


def fits(value: Json, shape: type[Struct]) -> bool:
    """Return whether JSON is an instance of a shape; fast, and without a reason."""
    try:
        convert(value, shape)
    except ValidationError:
        return False
    return True


@cache
def validator(file: str) -> Validator:
    """Return the validator of one of the JSON Schemas beside this module, by its file name."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend  # type: ignore[import-untyped]

    # JSON Schema takes 8.0 for an integer. Who reads the number in Python would get a float.
    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    schema = json.loads(File(__file__).with_name(file).read_text(encoding="utf-8"))
    return extend(Draft202012Validator, type_checker=checker)(schema)


def _explain(file: str, value: Json, at: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield each fault that jsonschema finds, one a place: of several at one place the first says enough."""
    seen: set[Path] = set()
    for refusal in validator(file).iter_errors(value):
        render = _RENDERERS.get(refusal.validator, _wrong)
        for place, message, fix in render(refusal, (*at, *refusal.absolute_path)):
            if place not in seen:
                seen.add(place)
                yield place, message, fix


def _missing(refusal: Refusal, at: Path) -> Iterator[tuple[Path, str, str]]:
    properties = refusal.schema["properties"]
    unknown = set(refusal.instance) - set(properties)
    for key in refusal.validator_value:
        if key in refusal.instance or nearest(key, unknown):  # a misspelt one is reported as unknown
            continue
        rule, example = properties[key]["errorMessage"], json.dumps(properties[key]["examples"][0])
        yield at, f'"{at[-1]}" has no "{key}"; {rule}', f'add "{key}": {example} or another'


def _unknown(refusal: Refusal, at: Path) -> Iterator[tuple[Path, str, str]]:
    known = list(refusal.schema["properties"])
    for key in refusal.instance:
        if key not in known:
            near = nearest(key, known)
            fix = f'did you mean "{near}"?' if near else "remove it"
            yield (*at, key), f'"{at[-1]}" has no attribute {show(key)}; it may have {", ".join(known)}', fix


def _forbidden(refusal: Refusal, at: Path) -> Iterator[tuple[Path, str, str]]:
    yield at, refusal.schema["errorMessage"], f'remove "{at[-1]}", or make the kind "event"'


def _wrong(refusal: Refusal, at: Path) -> Iterator[tuple[Path, str, str]]:
    value, schema = refusal.instance, refusal.schema
    near = nearest(value, schema["enum"]) if "enum" in schema and isinstance(value, str) else None
    if near:
        fix = f'did you mean "{near}"?'
    else:
        fix = "choose one of these" if "enum" in schema else f"write it like {json.dumps(schema['examples'][0])}"
    yield at, f"{schema['errorMessage']}, not {show(value)}", fix


_RENDERERS = {"required": _missing, "additionalProperties": _unknown, "not": _forbidden}
