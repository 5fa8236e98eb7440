"""Classes that are named other than to build a value: values of them may turn up in this code."""

from __future__ import annotations

from mypy.nodes import Import, ImportAll, ImportFrom, MemberExpr, NameExpr, RefExpr, TypeAlias, TypeInfo, Var
from mypy.types import Instance, get_proper_type

from avow.index.fact import WHOLE
from avow.index.observe.scene import Scene, class_of, module_of

NO_TYPE = "there is no such type"


def on_reference(scene: Scene, node: RefExpr) -> None:
    """A class that is not called is handed on, compared or kept."""
    info = class_of(scene, node)
    name = scene.contracts.name(info) if info is not None else ""
    if name:
        scene.notes.named.add(name)
        if scene.role(node) not in ("called", "named"):
            scene.mention({name})


def on_member(scene: Scene, node: MemberExpr) -> None:
    """`parcels.Lost`, of a module of the package."""
    on_reference(scene, node)
    module = module_of(node.expr)
    if module is not None and node.node is None:
        _miss(scene, module.fullname, node.name, node.line)


def on_import(scene: Scene, node: ImportFrom) -> None:
    """A class that is imported and not used otherwise is there for somebody who looks it up."""
    names = scene.world.tree(scene.file).names
    for name, alias in node.names:
        symbol = names.get(alias or name)
        target = symbol.node if symbol is not None else None
        if isinstance(target, Var) and target.is_suppressed_import:
            _miss(scene, node.id, name, node.line)
        if isinstance(target, TypeAlias):
            proper = get_proper_type(target.target)
            target = proper.type if isinstance(proper, Instance) else None
        if isinstance(target, TypeInfo) and (found := scene.contracts.name(target)):
            scene.notes.imported.add(found)
    _open(scene, node.id)


def on_module(scene: Scene, node: Import) -> None:
    """What receives for the services hands out events of any type."""
    for name, _ in node.ids:
        _open(scene, name)


def on_star(scene: Scene, node: ImportAll) -> None:
    """All classes of a namespace are there to be looked up."""
    scene.mention(scene.contracts.in_namespace(node.id))
    _open(scene, node.id)


def _miss(scene: Scene, module: str, name: str, line: int) -> None:
    """A class that the package has no longer: whoever names it fails."""
    gone = scene.contracts.gone(module, name)
    if gone:
        scene.notes.facts.append(scene.fact("read", gone, WHOLE, line, NO_TYPE))


def _open(scene: Scene, module: str) -> None:
    if f"{module}.".startswith(f"{scene.contracts.package}.integrations."):
        scene.notes.is_open = True


ON = {
    NameExpr: on_reference,
    MemberExpr: on_member,
    ImportFrom: on_import,
    Import: on_module,
    ImportAll: on_star,
}
