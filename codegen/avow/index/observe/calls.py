"""Calls: which functions get which values, and which values go where nobody can follow."""

from __future__ import annotations

from mypy.nodes import CallExpr, CastExpr, Expression, FuncDef, MemberExpr, NameExpr, TempNode
from mypy.types import CallableType, Overloaded

from avow.index.fact import WHOLE
from avow.index.observe import callbacks, construct, registry, sends
from avow.index.observe.formals import formal
from avow.index.observe.giving import give
from avow.index.observe.library import is_harmless, opaque
from avow.index.observe.members import access_all, parameter_name
from avow.index.observe.notes import LIST, Call, Meant
from avow.index.observe.resolve import bindings
from avow.index.observe.scene import Scene, names_of, text_of
from avow.index.observe.sources import called, is_looked_up, sources
from avow.index.observe.special import named_module, special
from avow.index.observe.statements import store, store_all
from avow.index.observe.values import carried, keep, proper
from avow.index.typed.shapes import classes, is_any


def on_call(scene: Scene, call: CallExpr) -> None:
    """Note what becomes of the arguments of a call."""
    scene.mark(call.callee, "called")
    if isinstance(call.callee, TempNode):  # around a lambda that was given a type: nothing is called
        return
    if isinstance(call.analyzed, CastExpr):
        _cast(scene, call)
    if call.analyzed is not None:  # nor is there one where mypy takes it for a display or a definition
        return
    names = names_of(scene, call.callee)
    if construct.built(scene, call) or special(scene, call, names):
        return
    registry.pair(scene, call)
    if is_harmless(names, scene.contracts.package):
        for each in call.args:
            keep(scene, each)
        return
    if sends.sent(scene, call, names):
        return
    found = called(scene, call.callee)
    if registry.is_dispatched(scene, call.callee):
        _dispatch(scene, call, found)
        return
    certain = _is_certain(scene, call, found)
    for function in found:
        _hand_over(scene, call, function, certain=certain)
    callbacks.infer(scene, call, bool(found))
    if not found and not _stored(scene, call):
        if isinstance(call.callee, MemberExpr) and is_any(scene.type(call.callee.expr)):
            scene.notes.calls.append(Call((scene.file, scene.function), call.callee.name))
        _give_away(scene, call, names)


def _cast(scene: Scene, call: CallExpr) -> None:
    """A value that is said to be of a type comes in here."""
    shown = scene.shapes.carried(scene.type(call))
    scene.mention(shown)
    lost = scene.shapes.lost(carried(scene, call.args[1]), scene.type(call))
    scene.escape(lost if not shown else (), call.line, "into a cast")
    keep(scene, call.args[1])
    for name in shown:
        if registry.is_contract(scene, name):
            scene.note("handle", name, WHOLE, call.line)


# to functions of the services


def _dispatch(scene: Scene, call: CallExpr, found: list[Meant]) -> None:
    """A value goes to the function that is registered for its class, which that says already."""
    for each in call.args:
        keep(scene, each)
    for meant_ in found:
        scene.notes.calls.append(Call((scene.file, scene.function), meant_.function))


def _is_certain(scene: Scene, call: CallExpr, found: list[Meant]) -> bool:
    """Whether each of the functions gets the value.

    It does if there is one only besides those around it, if they are one method in several classes, or if all of some
    functions are called in turn; of those that are looked up it is one, and which is not known.
    """
    functions = {each.function for each in found if not each.is_around}
    methods = [each for each in functions if isinstance(each, FuncDef) and each.info]
    if len(functions) == 1 or (len(methods) == len(functions) and len({each.name for each in methods}) == 1):
        return True
    return isinstance(call.callee, NameExpr) and not is_looked_up(scene, call.callee)


def _hand_over(scene: Scene, call: CallExpr, each: Meant, *, certain: bool) -> None:
    scene.notes.calls.append(Call((scene.file, scene.function), each.function))
    for bound in bindings(scene, call, each):
        give(scene, each.function, bound, certain=certain or _is_of_one_type(scene, bound.argument))


def _is_of_one_type(scene: Scene, argument: Expression) -> bool:
    """Whether a value is of one contract, by what is written: whichever function gets it, it gets that."""
    slots, _ = sources(scene, argument)
    is_told = slots is None or not any(slot.is_parameter and parameter_name(slot) for slot in slots)
    return is_told and len(scene.shapes.carried(scene.type(argument))) == 1


# to everybody else


def _give_away(scene: Scene, call: CallExpr, names: list[str]) -> None:
    """Note what a function outside of the services loses sight of."""
    callee = proper(scene, call.callee)
    looking = opaque(names, scene.contracts.package)
    for number, argument in enumerate(call.args):
        if scene.role(argument) in ("kept", "handed over"):
            continue
        module = named_module(scene, argument)
        if module is not None:
            scene.escape_all(module, argument.line, f"into {_called(scene, call, names)}")
        shown = carried(scene, argument)
        if looking:
            shown |= frozenset(scene.contracts.name(each) for each in classes(scene.type(argument))) - {""}
            reason = f"into {looking.removeprefix('builtins.')}"
            scene.escape(shown, argument.line, reason)
            access_all(scene, argument, argument.line, reason)
        elif shown:
            lost = _lost(scene, call, callee, number, shown)
            scene.escape(lost, argument.line, f"into {_called(scene, call, names)}")


_STORING_ALL = frozenset("extend extendleft update".split())
_STORING = frozenset("add append appendleft insert put put_nowait set set_result setdefault".split()) | _STORING_ALL
_PUSHING = frozenset("_bisect.insort_left _bisect.insort_right _heapq.heappush heapq.heappush".split())


def _stored(scene: Scene, call: CallExpr) -> bool:
    """Whether the call puts a value into a container of the services whose type nobody wrote down."""
    callee = call.callee
    if len(call.args) > 1 and not _PUSHING.isdisjoint(names_of(scene, callee)):
        return store(scene, call.args[0], call.args[1], LIST) and bool(carried(scene, call.args[1]))
    if not isinstance(callee, MemberExpr) or callee.name not in _STORING or not call.args:
        return False
    value = call.args[-1]
    put = (
        store_all(scene, callee.expr, value) if callee.name in _STORING_ALL else store(scene, callee.expr, value, LIST)
    )
    return put and bool(carried(scene, value))


def _called(scene: Scene, call: CallExpr, names: list[str]) -> str:
    written = text_of(call.callee)
    return names[0] if names and written.startswith("...") else written


def _lost(scene: Scene, call: CallExpr, callee: object, number: int, shown: frozenset[str]) -> frozenset[str]:
    """Return which contracts of an argument the signature of a library shows no more."""
    items = callee.items if isinstance(callee, Overloaded) else [callee]
    losses = []
    for item in items:
        asked = formal(scene, call, item, number) if isinstance(item, CallableType) else None
        if asked is not None:
            losses.append(scene.shapes.lost(shown, asked.type))
    return min(losses, key=len) if losses else shown


ON = {CallExpr: on_call}
