"""The view of a codec module: the schema, its fingerprint, and the two functions with their helpers."""

from __future__ import annotations

from msgspec import Struct

from avow.generate.decoder import DecoderText, plan_children, plan_record, reader_of
from avow.generate.encoder import EncoderText
from avow.generate.layout import Home
from avow.generate.scope import Scope
from avow.generate.shape import Module, Shape, bytes_literal
from avow.runtime.canonical import schema_text
from avow.runtime.framing import MAGIC
from avow.runtime.resolution import Plan, RecordPlan, resolve
from avow.runtime.schema import Named, Record, Type, children


class CodecView(Struct, frozen=True):
    """A codec module, its parts ready as text."""

    package: str
    unit: str
    fingerprint: str
    head: str
    schema: str
    imports: list[str]
    helpers: list[str]
    foreign: list[str]
    constants: list[str]
    needs_struct: bool
    functions: list[str]


def codec_view(package: str, type_: Named, number: int, homes: dict[str, Home]) -> CodecView:
    """Return the view of the codec of a unit's outermost type, whose fingerprint is ``number``.

    Only records have functions.
    """
    module = Module(Scope(package, homes[type_.name].codec, homes, _OWN))
    functions = _functions(type_, module) if isinstance(type_, Record) else []
    return CodecView(
        package=package,
        unit=type_.name,
        fingerprint=f"0x{number:016x}",
        head=bytes_literal(MAGIC + number.to_bytes(8, "little")),
        schema=ascii(schema_text(type_)),
        imports=[
            *(["from collections.abc import Callable as _Callable"] * module.has_constructors),
            *module.scope.imports(),
        ],
        helpers=sorted(module.helpers, key=lambda name: (not name.isupper(), name[0].islower(), name)),
        foreign=module.scope.foreign_imports(),
        constants=[f"{name} = {text}" for name, text in module.constants.items()],
        needs_struct=any("_Struct(" in text for text in module.constants.values()),
        functions=functions,
    )


_OWN = frozenset(
    {
        *("FINGERPRINT", "HEAD", "SCHEMA", "encode", "decode", "data", "value", "head", "depth", "p", "_"),
        *("type", "len", "range", "int", "float", "bool", "str", "bytes", "list", "dict", "tuple"),
    }
)
"""What the module defines, the parameters of its functions, and the builtins that they call."""


def _functions(record: Record, module: Module) -> list[str]:
    return [*_encoders(record, module), *_decoders(record, module)]


def _encoders(record: Record, module: Module) -> list[str]:
    shape: Shape[Type] = Shape(module, record, children, lambda type_: type_ if isinstance(type_, Record) else None)
    text = EncoderText(shape)
    functions = [text.root(record)]
    depth = ", depth: int" if shape.counts_depth else ""
    while (entry := shape.enter()) is not None:
        type_, name = entry
        signature = f"def {name}(value: {module.scope.annotation(type_)}{depth}) -> bytes:"
        functions.append(text.apart(type_, signature))
    return functions


def _decoders(record: Record, module: Module) -> list[str]:
    plan = resolve(record, record)
    assert isinstance(plan, RecordPlan)
    shape: Shape[Plan] = Shape(module, plan, plan_children, plan_record)
    text = DecoderText(shape)
    functions = [text.root(plan)]
    depth = ", depth: int" if shape.counts_depth else ""
    while (entry := shape.enter()) is not None:
        inner, name = entry
        annotation = module.scope.annotation(reader_of(inner))
        signature = f"def {name}(data: bytes, p: int{depth}) -> tuple[{annotation}, int]:"
        functions.append(text.apart(inner, signature))
    return functions
