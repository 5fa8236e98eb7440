"""From the values that flow into slots to the types of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mypy.nodes import FuncDef, LambdaExpr
from mypy.typeops import get_all_type_vars, make_simplified_union
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    TupleType,
    Type,
    TypeOfAny,
    TypeType,
    UnionType,
    get_proper_type,
)

from avow.index.observe.notes import RESULT, Flow, Slot
from avow.index.typed.shapes import is_any, is_nothing, parts
from avow.index.world import World

_MOST = 6
"""How many types a slot may have before it is taken for one that has any."""
_DEPTH = 5


def types_of(world: World, flows: Iterable[Flow], known: Mapping[Slot, Type]) -> dict[Slot, Type]:
    """Return the types of the slots that flows go to, of those where they tell more than the code does.

    Args:
        world: What is known of types.
        flows: All flows.
        known: The types that slots have been given so far.
    """
    mixed = _mixed(world, known)
    by_slot: dict[Slot, list[Flow]] = {}
    for flow in flows:
        by_slot.setdefault(flow.slot, []).append(flow)
    found = {}
    for slot, each in by_slot.items():
        type_ = _joined(world, slot, each, mixed)
        if type_ is not None:
            found[slot] = type_
    return found


def _mixed(world: World, known: Mapping[Slot, Type]) -> set[FuncDef]:
    """Return the functions that are called with several contracts for one parameter.

    What such a function keeps or gives back is of the one type in one call and of another in the next.
    """
    return {
        slot.node
        for slot, type_ in known.items()
        if isinstance(slot.node, FuncDef) and slot.is_parameter and _alternatives(world, type_) > 1
    }


def _alternatives(world: World, type_: Type) -> int:
    """Return how many of the types that a type is one of show contracts."""
    return sum(1 for part in parts(type_) if world.shapes.carried(part))


def _joined(world: World, slot: Slot, flows: list[Flow], mixed: set[FuncDef]) -> Type | None:
    binding = [flow for flow in flows if flow.bound]
    types = [flow.type for flow in binding or flows if flow.certain and not isinstance(_proper(flow.type), AnyType)]
    if not any(is_telling(world, each) or (slot.index == RESULT and is_generic(each)) for each in types):
        return None
    if not slot.is_parameter and any(_is_mixture(world, flow, mixed) for flow in flows):
        return AnyType(TypeOfAny.unannotated)
    types += _initial(world, slot)
    union = make_simplified_union([_plain(each) for each in types])
    return union if len(list(parts(union))) <= _MOST else None


def _is_mixture(world: World, flow: Flow, mixed: set[FuncDef]) -> bool:
    return flow.origin in mixed and _alternatives(world, flow.type) > 1


def _proper(type_: Type) -> Type:
    return get_proper_type(type_)


def _plain(type_: Type) -> Type:
    """The type without the value that mypy remembers of constants."""
    proper = get_proper_type(type_)
    if isinstance(proper, Instance) and proper.last_known_value is not None:
        return proper.copy_modified(last_known_value=None)
    return proper


def _initial(world: World, slot: Slot) -> list[Type]:
    """The default of a parameter is one of its values."""
    if not isinstance(slot.node, (FuncDef, LambdaExpr)) or not slot.is_parameter:
        return []
    default = slot.node.arguments[slot.index].initializer
    type_ = world.type(default) if default is not None else None
    return [type_] if type_ is not None and not is_any(type_) else []


def is_generic(type_: Type) -> bool:
    """Return whether a type has a type variable of a class: what a method gives back depends on the object then."""
    return any(variable.id.raw_id > 0 for variable in get_all_type_vars(type_))


def is_telling(world: World, type_: Type | None, depth: int = 0) -> bool:
    """Return whether a type shows contracts, or classes or functions of the services which may lead to some."""
    if type_ is None or depth > _DEPTH:
        return False
    proper = get_proper_type(type_)
    if isinstance(proper, Instance):
        own = bool(world.contracts.name(proper.type)) or world.is_own(proper.type)
        return own or any(is_telling(world, each, depth + 1) for each in proper.args)
    if isinstance(proper, (UnionType, TupleType)):
        return any(is_telling(world, each, depth + 1) for each in proper.items)
    if isinstance(proper, TypeType):
        return is_telling(world, proper.item, depth + 1)
    if isinstance(proper, (CallableType, Overloaded)):
        first = proper.items[0] if isinstance(proper, Overloaded) else proper
        if first.is_type_obj():
            return is_telling(world, first.ret_type, depth + 1)
        return isinstance(first.definition, FuncDef) and world.is_own(first.definition)
    return False


def filled(container: Type | None, depth: int, item: Type, wrapped: Callable[[Type], Type]) -> Type | None:
    """Return a container's type with another type of what it holds, so many containers deep.

    Where nothing is known of the containers inside, ``wrapped`` makes the type of one.
    """
    for part in parts(container):
        if isinstance(part, Instance) and part.args:
            inner = _inner(part.args[-1], depth - 1, item, wrapped)
            if inner is not None:
                return part.copy_modified(args=[*part.args[:-1], inner])
    return None


def _inner(known: Type, depth: int, item: Type, wrapped: Callable[[Type], Type]) -> Type | None:
    if not is_any(known) and not is_nothing(known):
        return filled(known, depth, item, wrapped) if depth else make_simplified_union([known, item])
    for _ in range(depth):
        item = wrapped(item)
    return item
