"""Generate a project's package, and hold its codecs against fastavro."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from tests.support import oracle
from tests.support.inline import Json, bare
from tests.support.project import load_package, make_project
from tests.support.schemas import Options, random_schema
from tests.support.values import NEVER, height, random_value

from avow import config
from avow.generate import run as generator
from avow.runtime import record
from avow.runtime.canonical import inlined
from avow.runtime.limits import is_empty
from avow.runtime.parse import parse_text
from avow.runtime.registry import Registry
from avow.runtime.schema import Array, Enum, Fixed, Named, Record, Type, children, named_types


def generate(root: Path) -> generator.Result:
    """Generate a project in this process."""
    return generator.run(config.find(root))


class Generated:
    """A generated package that has just been imported."""

    def __init__(self, root: Path, name: str = "contracts") -> None:
        self.package: ModuleType = load_package(root / "generated", name)
        # Values are drawn with the Duration of this module, which is the source of the package's own.
        self._module("_runtime")
        sys.modules[f"{name}._runtime.record"] = record
        self.registry: Registry = self._module("_api").registry
        self.bare: Any = self._module("framing").bare
        self.testing: Any = self._module("testing")

    def _module(self, name: str) -> Any:
        return (
            getattr(self.package, name)
            if name == "framing"
            else __import__(f"{self.package.__name__}.{name}", fromlist=("_",))
        )

    def roots(self) -> Iterator[Named]:
        """Yield the outermost types that have values at all."""
        for name in self.registry.roots.values():
            type_ = parse_text(self.registry.codec(name).SCHEMA)
            assert isinstance(type_, (Record, Enum, Fixed))
            if height(type_) != NEVER:
                yield type_

    def check(self, type_: Named, rng: Random, count: int) -> None:
        """Hold ``count`` random values against fastavro: bytes, values, bytes again, plain JSON."""
        schema = inlined(type_)
        raw_schema, logical_schema = bare(schema), bare(schema, logical=True)
        class_ = self.registry.class_of(type_.name) if type_.kind != "fixed" else None
        for _ in range(count):
            value = random_value(type_, rng, self.registry.class_of)
            if class_ is None:
                continue
            data = self.encoded(type_, value)
            assert data == oracle.write(raw_schema, oracle.to_fastavro(type_, value)), (type_.name, value)
            assert oracle.same(oracle.read(raw_schema, data), oracle.to_raw(type_, value))
            assert oracle.same(oracle.read(logical_schema, data), oracle.to_logical(type_, value))
            back = self.decoded(type_, data)
            assert oracle.same(back, oracle_value(self, type_, data)), (type_.name, value)
            assert self.encoded(type_, back) == data
            self._check_api(class_, value, data)

    def encoded(self, type_: Named, value: Any) -> bytes:
        """Encode by the generated function itself, so that no fallback can hide what it refuses."""
        if isinstance(type_, Record) and not _has_free_items(type_):
            return bytes(self.registry.codec(type_.name).encode(value, b""))
        return bytes(self.bare.encode(value))

    def decoded(self, type_: Named, data: bytes) -> Any:
        """Decode by the generated function itself."""
        if isinstance(type_, Record) and not _has_free_items(type_):
            return self.registry.codec(type_.name).decode(data)
        return self.bare.decode(data, self.registry.class_of(type_.name))

    def _check_api(self, class_: Any, value: Any, data: bytes) -> None:
        message = self.package.encode(value)
        assert message[10:] == data
        back = self.package.decode(message)
        assert self.bare.encode(back) == data
        again = self.package.from_json(class_, self.package.to_json(back))
        assert oracle.same(again, back), (again, back)


def package_of(folder: Path, schema: Json) -> Generated:
    """Generate a package of one schema, in the place of that of the schema before."""
    make_project(folder, {"all.avsc": schema})
    assert generate(folder).findings == []
    return Generated(folder)


def drawn_package(folder: Path, rng: Random) -> tuple[Generated, Record, Random]:
    """Return a package of one drawn schema, and a quicker source of chance for the many values that follow."""
    generated = package_of(folder, random_schema(rng, Options(records_only=True)))
    (type_,) = generated.roots()
    assert isinstance(type_, Record)
    return generated, type_, Random(rng.getrandbits(32))


def oracle_value(generated: Generated, type_: Named, data: bytes) -> Any:
    """What the interpreter reads: it shares no code with generated decoders, and is itself held to fastavro."""
    return generated.registry.reference.read(type_.name, data, 0)


def _has_free_items(type_: Named) -> bool:
    """Whether a type holds arrays whose items take no bytes: generated code leaves those to the interpreter."""
    arrays = [child for named in named_types(type_).values() for child in _below(named)]
    return any(isinstance(array, Array) and is_empty(array.items) for array in arrays)


def _below(type_: Type) -> Iterator[Type]:
    for child in children(type_):
        yield child
        if not isinstance(child, Record):
            yield from _below(child)
