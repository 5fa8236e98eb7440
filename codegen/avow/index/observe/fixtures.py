"""Fixtures of pytest: a parameter of a test gets what the fixture of its name gives."""

from __future__ import annotations

from mypy.nodes import FuncDef
from mypy.types import CallableType, Instance, Type, get_proper_type

from avow.index.observe.notes import Flow, Slot
from avow.index.observe.resolve import annotation
from avow.index.observe.scene import Scene


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
