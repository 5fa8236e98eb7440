"""What modules define at their top that other modules look up: constant texts, getters of fields, fixtures of tests."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    ClassDef,
    Decorator,
    DictExpr,
    Expression,
    FuncDef,
    ListExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    SetExpr,
    StrExpr,
    TupleExpr,
    Var,
)

_GETTER = "operator.attrgetter"


class Getter(Struct, frozen=True):
    """Where a getter was made."""

    call: CallExpr
    file: str


def constants_in(tree: MypyFile) -> Iterator[tuple[Var, tuple[str, ...]]]:
    """Yield the variables at the top of a module that are set there once, to a text or a display of some."""
    found: dict[Var, list[Expression]] = {}
    for statement in tree.defs:
        if isinstance(statement, AssignmentStmt):
            for each in statement.lvalues:
                if isinstance(each, NameExpr) and isinstance(each.node, Var):
                    found.setdefault(each.node, []).append(statement.rvalue)
    for variable, values in found.items():
        texts = _texts(values[0]) if len(values) == 1 else []
        if texts:
            yield variable, tuple(texts)


def _texts(node: Expression) -> list[str]:
    if isinstance(node, (TupleExpr, ListExpr, SetExpr)):
        items: list[Expression] = node.items
    else:
        items = [key for key, _ in node.items if key is not None] if isinstance(node, DictExpr) else [node]
    texts = [each.value for each in items if isinstance(each, StrExpr)]
    return texts if len(texts) == len(items) else []


def is_getter(node: Expression) -> bool:
    """Return whether an expression makes a getter."""
    return isinstance(node, CallExpr) and isinstance(node.callee, RefExpr) and node.callee.fullname == _GETTER


def getters_in(tree: MypyFile) -> Iterator[tuple[Var, CallExpr]]:
    """Yield the variables at the top of a module, and of its classes, that are set to getters."""
    bodies = [tree.defs, *(each.defs.body for each in tree.defs if isinstance(each, ClassDef))]
    for statement in (each for body in bodies for each in body):
        if isinstance(statement, AssignmentStmt) and isinstance(statement.rvalue, CallExpr):
            for each in statement.lvalues if is_getter(statement.rvalue) else ():
                if isinstance(each, NameExpr) and isinstance(each.node, Var):
                    yield each.node, statement.rvalue


def fixtures_in(tree: MypyFile) -> Iterator[tuple[str, FuncDef]]:
    """Yield the fixtures of a module by the names that tests have for them."""
    for each in tree.defs:
        for decorator in each.original_decorators if isinstance(each, Decorator) else ():
            if _is_fixture(decorator.callee if isinstance(decorator, CallExpr) else decorator):
                assert isinstance(each, Decorator)
                yield _name(decorator) or each.func.name, each.func


def _is_fixture(callee: Expression) -> bool:
    return isinstance(callee, (MemberExpr, NameExpr)) and callee.name == "fixture"


def _name(decorator: Expression) -> str:
    if isinstance(decorator, CallExpr):
        for value, name in zip(decorator.args, decorator.arg_names, strict=True):
            if name == "name" and isinstance(value, StrExpr):
                return value.value
    return ""
