"""What a file of upcasters holds, read from its text: nothing is run.

schemas/customers/Moved.avsc         the contract
schemas/customers/Moved.upcast.py    def upcast(old: MovedEra1) -> Moved: ...
"""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from msgspec import Struct

from avow.runtime.schema import short_name

SUFFIX = ".upcast.py"


class Upcaster(Struct, frozen=True):
    """A function that lifts a class of an older era."""

    name: str
    source: str
    """Name of the class that it takes."""
    target: str
    """Name of the class that it says to return."""
    line: int
    column: int


class Untyped(Struct, frozen=True):
    """A function that could be an upcaster, if it said what it takes and returns."""

    name: str
    lacks: str
    line: int
    column: int


class Upcasters(Struct, frozen=True):
    """The functions of one file."""

    by_source: dict[str, Upcaster] = {}
    """Name of the class that is taken -> the first function that takes it."""
    untyped: list[Untyped] = []

    def chain(self, start: str) -> tuple[list[Upcaster], str]:
        """Return the upcasters that lift a class one after the other, and the class at which they end."""
        chain: list[Upcaster] = []
        end = start
        while (step := self.by_source.get(end)) is not None and step not in chain:
            chain.append(step)
            end = step.target
        return chain, end


def file_beside(schema_file: str, contract: str) -> str:
    """Return the name of the file with the upcasters of a contract: beside its schema."""
    return PurePosixPath(schema_file).with_name(f"{short_name(contract)}{SUFFIX}").as_posix()


def read(text: str) -> Upcasters:
    """Return the public functions with one parameter at the top of a file.

    Raises:
        SyntaxError: It is no Python.
    """
    found = Upcasters({}, [])
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            parameters = [*node.args.posonlyargs, *node.args.args]
            if len(parameters) == 1 and not node.args.kwonlyargs:
                _sort(found, node, _name(parameters[0].annotation), _name(node.returns))
    return found


def _sort(found: Upcasters, node: ast.FunctionDef, source: str, target: str) -> None:
    line, column = node.lineno, node.col_offset + 1
    if source and target:
        found.by_source.setdefault(source, Upcaster(node.name, source, target, line, column))
    else:
        lacks = "says neither what it takes nor what it returns" if not source and not target else ""
        lacks = lacks or ("does not say what it takes" if target else "does not say what it returns")
        found.untyped.append(Untyped(node.name, lacks, line, column))


def _name(annotation: ast.expr | None) -> str:
    """Return the last word of an annotation: `AddressChanged` of `contracts.customers.AddressChanged`."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return _name(ast.parse(annotation.value, mode="eval").body)
        except SyntaxError:
            return ""
    if isinstance(annotation, ast.Attribute):
        return annotation.attr
    return annotation.id if isinstance(annotation, ast.Name) else ""
