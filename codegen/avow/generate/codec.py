"""The views of the modules that hold codecs: that of a type, and those that decode what older versions wrote."""

from __future__ import annotations

from msgspec import Struct

from avow.generate.decoder import DecoderText, reader_of
from avow.generate.encoder import EncoderText
from avow.generate.layout import Home
from avow.generate.scope import Scope
from avow.generate.shape import Module, Shape, bytes_literal
from avow.generate.skip import Node, Nodes, Skip
from avow.generate.versions import Old
from avow.runtime.canonical import schema_text
from avow.runtime.framing import MAGIC
from avow.runtime.resolution import RecordPlan, resolve
from avow.runtime.schema import Named, Record, Type, children


class CodecView(Struct, frozen=True):
    """A module of functions, its parts ready as text."""

    package: str
    title: str
    fingerprint: str
    head: str
    """The header of messages; empty where nothing is encoded."""
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
    functions = [*_encoders(type_, module), *_decoders(type_, type_, module)] if isinstance(type_, Record) else []
    head = bytes_literal(MAGIC + number.to_bytes(8, "little"))
    return _view(package, f"Codec of {type_.name}", type_, number, module, functions, head)


def version_view(package: str, name: str, old: Old, homes: dict[str, Home]) -> CodecView:
    """Return the view of the module, by its name, that decodes what an older version of a contract wrote."""
    module = Module(Scope(package, name, homes, _OWN))
    functions = _decoders(old.writer, old.reader, module)
    title = f"Decoder of version {old.number} of {old.contract}"
    return _view(package, title, old.writer, old.fingerprint, module, functions, "")


def _view(
    package: str, title: str, schema: Type, number: int, module: Module, functions: list[str], head: str
) -> CodecView:
    return CodecView(
        package=package,
        title=title,
        fingerprint=f"0x{number:016x}",
        head=head,
        schema=ascii(schema_text(schema)),
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


def _decoders(writer: Record, reader: Record, module: Module) -> list[str]:
    plan = resolve(writer, reader)
    if not isinstance(plan, RecordPlan):
        return []  # the two do not go together at all: the interpreter says so
    nodes = Nodes()
    shape: Shape[Node] = Shape(module, plan, nodes.children, nodes.record)
    text = DecoderText(shape, nodes)
    functions = [text.root(plan)]
    depth = ", depth: int" if shape.counts_depth else ""
    while (entry := shape.enter()) is not None:
        node, name = entry
        found = "int" if isinstance(node, Skip) else f"tuple[{module.scope.annotation(reader_of(node))}, int]"
        functions.append(text.apart(node, f"def {name}(data: bytes, p: int{depth}) -> {found}:"))
    return functions
