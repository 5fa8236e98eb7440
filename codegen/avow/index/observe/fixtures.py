"""Fixtures of pytest: a parameter of a test gets what the fixture of its name gives."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, MemberExpr, MypyFile, NameExpr, StrExpr
from mypy.types import CallableType, Instance, Type, get_proper_type

from avow.index.observe.notes import Flow, Slot
from avow.index.observe.resolve import annotation
from avow.index.observe.scene import Scene


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


def on_function(scene: Scene, node: FuncDef) -> None:
    """Note what the parameters of a test get, and those of a fixture."""
    known = scene.world.fixtures
    is_asking = node.name.startswith("test") or any(node in each for each in known.values())
    for index, name in enumerate(node.arg_names) if known and is_asking else ():
        for fixture in known.get(name or "", ()) if annotation(node, index) is None else ():
            scene.notes.uses.add(fixture)
            type_ = _given(fixture)
            if type_ is not None:
                scene.notes.flows.append(Flow(Slot(node, index), type_))


def _given(fixture: FuncDef) -> Type | None:
    """Return the type of what a fixture gives: what it returns, or yields."""
    if not isinstance(fixture.type, CallableType):
        return None
    result = get_proper_type(fixture.type.ret_type)
    if isinstance(result, Instance) and result.args and (fixture.is_generator or fixture.is_coroutine):
        return result.args[0] if fixture.is_generator else result.args[-1]
    return result


ON = {FuncDef: on_function}
