"""Functions that get at fields in other ways than by an attribute, by their full names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from mypy.nodes import CallExpr, Expression, IndexExpr, MemberExpr, MypyFile, Node, RefExpr, StrExpr

from avow.index.fact import Kind
from avow.index.observe.construct import build, set_fields
from avow.index.observe.formats import formatted
from avow.index.observe.getters import get, getter_of, made
from avow.index.observe.members import access, access_all, perhaps
from avow.index.observe.scene import Scene, module_of, names_of
from avow.index.observe.values import carried, constant, constants, keep
from avow.index.observe.walk import children
from avow.index.typed.shapes import classes, instances

Special: TypeAlias = Callable[[Scene, CallExpr], bool]
"""Notes what a call of such a function does; returns whether that is all there is to note."""


def special(scene: Scene, call: CallExpr, names: Iterable[str]) -> bool:
    """Note what a function does that is known by name; return whether it was one and nothing is left to note."""
    for name in names:
        handler = SPECIAL.get(name)
        if handler is None and name.startswith(f"{scene.contracts.package}."):
            handler = SPECIAL_HERE.get(name[len(scene.contracts.package) + 1 :])
        if handler is not None:
            return handler(scene, call)
    inner = call.callee
    getter = getter_of(scene, inner)
    if getter is not None:
        get(scene, getter, call)
        return True
    return isinstance(inner, MemberExpr) and inner.name == "__replace__" and _replaced(scene, call, inner.expr, 0)


# attributes by name


def _named(kind: Kind) -> Special:
    def handler(scene: Scene, call: CallExpr) -> bool:
        """The attribute has a name: it is that of a field, or anybody's guess."""
        if len(call.args) < 2:
            return False
        value, name = call.args[0], constant(scene, call.args[1])
        module = named_module(scene, value)
        if module is not None:
            _from_module(scene, call, module, name)
        elif name is not None:
            access(scene, kind, value, scene.type(value), name, call.args[1].line)
        elif (names := constants(scene, call.args[1])) is not None:
            for one in sorted(names):
                perhaps(scene, value, scene.type(value), one, call.line, "one of several names")
            keep(scene, value)
        else:
            reason = "an attribute whose name is not constant"
            scene.escape(_whole(scene, value), call.line, reason)
            access_all(scene, value, call.line, reason)
        for each in call.args[2:]:
            scene.escape(carried(scene, each) if kind == "write" else (), call.line, "into an attribute by its name")
        return True

    return handler


def _whole(scene: Scene, node: Expression) -> frozenset[str]:
    named = frozenset(scene.contracts.name(each) for each in classes(scene.type(node))) - {""}
    return carried(scene, node) | named


def named_module(scene: Scene, node: Expression) -> str | None:
    """Return the full name of the module of the generated package that an expression stands for, if it does."""
    module = module_of(node)
    name = module.fullname if isinstance(module, MypyFile) else None
    if isinstance(node, CallExpr) and node.args and "importlib.import_module" in names_of(scene, node.callee):
        name = constant(scene, node.args[0])
    elif isinstance(node, IndexExpr) and isinstance(node.base, RefExpr) and node.base.fullname == "sys.modules":
        name = constant(scene, node.index)
    package = scene.contracts.package
    return name if name is not None and (name == package or name.startswith(f"{package}.")) else None


def _load_module(scene: Scene, call: CallExpr) -> bool:
    """A module of the generated package may be loaded by a name that is put together."""
    if call.args and constant(scene, call.args[0]) is None and _speaks_of(scene, call.args[0]):
        scene.escape_all(scene.contracts.package, call.line, "a module whose name is not constant")
    return True


def _speaks_of(scene: Scene, node: Node) -> bool:
    """Whether a text in an expression begins with the name of the generated package."""
    if isinstance(node, StrExpr) and f"{node.value}.".startswith(f"{scene.contracts.package}."):
        return True
    return any(_speaks_of(scene, each) for each in children(node))


def _from_module(scene: Scene, call: CallExpr, module: str, name: str | None) -> None:
    """A class is looked up by its name: which, and what is done with it, is not known to mypy."""
    if name is None:
        scene.escape_all(module, call.line, "looked up in its module by name")
        return
    found = [each for each in scene.contracts.in_namespace(module) if each.rpartition(".")[2] == name]
    scene.mention(found)
    scene.escape(found, call.line, "looked up in its module by name")


# values with changes


def _replace(scene: Scene, call: CallExpr) -> bool:
    return bool(call.args) and _replaced(scene, call, call.args[0], 1)


def _replaced(scene: Scene, call: CallExpr, value: Expression, first: int) -> bool:
    infos = [each.type for each in instances(scene.type(value)) if scene.contracts.name(each.type)]
    for info in infos:
        set_fields(scene, call, info, call.args, first)
    return bool(infos)


def _partial(scene: Scene, call: CallExpr) -> bool:
    """`partial(AddressChanged, reason="moved")`, or a sample of it; of other functions the callbacks know."""
    infos = [info for each in call.args[:1] for info in classes(scene.type(each)) if scene.contracts.name(info)]
    for info in infos:
        scene.mark(call.args[0], "named")
        build(scene, call, info, call.args, 1)
    return bool(infos)


def _decode(scene: Scene, call: CallExpr) -> bool:
    """What is decoded without a class may be of any."""
    if not any(True for each in call.args for _ in classes(scene.type(each))):
        scene.notes.is_open = True
    return False


SPECIAL: dict[str, Special] = {
    "builtins.getattr": _named("read"),
    "builtins.hasattr": _named("read"),
    "builtins.setattr": _named("write"),
    "builtins.delattr": _named("write"),
    "operator.attrgetter": made,
    "builtins.object.__getattribute__": _named("read"),
    "builtins.object.__setattr__": _named("write"),
    "msgspec.structs.force_setattr": _named("write"),
    "msgspec.structs.replace": _replace,
    "copy.replace": _replace,
    "dataclasses.replace": _replace,
    "functools.partial": _partial,
    "functools.partial.__new__": _partial,
    "builtins.str.format": formatted,
    "importlib.import_module": _load_module,
}
SPECIAL_HERE: dict[str, Special] = {
    "_api.decode": _decode,
    "_runtime.framing.SingleObject.decode": _decode,
    "_runtime.framing.Confluent.decode": _decode,
    "_plain.sample": _partial,
    "_runtime.plain.Plain.sample": _partial,
}
"""Of the generated package, below its name."""
