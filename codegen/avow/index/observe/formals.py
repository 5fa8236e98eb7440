"""What the signature of a function outside of the services asks for in an argument's place."""

from __future__ import annotations

from msgspec import Struct
from mypy.argmap import map_actuals_to_formals
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, Expression, TypeInfo
from mypy.typeops import make_simplified_union
from mypy.types import (
    AnyType,
    CallableType,
    Overloaded,
    ParamSpecType,
    TupleType,
    Type,
    TypeOfAny,
    UnpackType,
    get_proper_type,
)

from avow.index.observe.scene import Scene
from avow.index.observe.values import proper
from avow.index.typed.shapes import instances, parts


class Formal(Struct, frozen=True):
    """A parameter of a signature."""

    name: str | None
    type: Type
    is_star: bool


def formals(scene: Scene, call: CallExpr, callee: CallableType) -> list[list[int]]:
    """Return for each parameter of a callee the numbers of the arguments that go there."""

    def type_of(index: int) -> Type:
        return scene.type(call.args[index]) or AnyType(TypeOfAny.unannotated)

    return map_actuals_to_formals(call.arg_kinds, call.arg_names, callee.arg_kinds, callee.arg_names, type_of)


def formal(scene: Scene, call: CallExpr, callee: CallableType, number: int) -> Formal | None:
    """Return the parameter of a callee that an argument goes to."""
    for index, actuals in enumerate(formals(scene, call, callee)):
        if number in actuals:
            return Formal(callee.arg_names[index], callee.arg_types[index], callee.arg_kinds[index].is_star())
    return None


def formal_of(scene: Scene, call: CallExpr, argument: Expression) -> Formal | None:
    """Return the parameter that an argument goes to, of the first overload that has one; None where it is not known."""
    callee = proper(scene, call.callee)
    number = next(number for number, each in enumerate(call.args) if each is argument)
    for item in callee.items if isinstance(callee, Overloaded) else [callee]:
        found = formal(scene, call, item, number) if isinstance(item, CallableType) else None
        if found is not None:
            return found
    return None


def iterated(scene: Scene, type_: Type | None) -> Type | None:
    """Return the type of what a value gives that is iterated over; None where it cannot be."""
    iterable = scene.world.library("typing").names["Iterable"].node
    assert isinstance(iterable, TypeInfo)
    found = [item for part in parts(type_) if isinstance(part, TupleType) for item in part.items]
    if found:
        return make_simplified_union(found)
    for instance in instances(type_):
        if instance.type.fullname != "builtins.str" and iterable in instance.type.mro:
            mapped = map_instance_to_supertype(instance, iterable)
            return mapped.args[0] if mapped.args else AnyType(TypeOfAny.unannotated)
    return None


def passes_on(type_: Type) -> bool:
    """Return whether a parameter takes whatever another function takes that its own passes it on to."""
    return isinstance(get_proper_type(type_), (ParamSpecType, UnpackType))
