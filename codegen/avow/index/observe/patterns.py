"""Match statements: the class that a case asks for comes in there, and the fields that it names are read."""

from __future__ import annotations

from mypy.nodes import MatchStmt
from mypy.patterns import ClassPattern

from avow.index.fact import WHOLE
from avow.index.observe.registry import is_contract
from avow.index.observe.scene import Scene, class_of
from avow.index.observe.values import keep


def on_match(scene: Scene, node: MatchStmt) -> None:
    """What is only matched goes nowhere."""
    keep(scene, node.subject)


def on_class(scene: Scene, node: ClassPattern) -> None:
    """Note the class and its fields; those that stand without a name are in the order of the class."""
    info = class_of(scene, node.class_ref)
    if info is None or not scene.contracts.name(info):
        return
    scene.mark(node.class_ref, "named")
    name = scene.contracts.name(info)
    scene.mention({name})
    if is_contract(scene, name):
        scene.note("handle", name, WHOLE, node.line)
    named = zip(node.keyword_keys, node.keyword_values, strict=True)
    placed = zip(scene.contracts.attributes(info), node.positionals, strict=False)
    for attribute, pattern in (*named, *placed):
        owner, field = scene.contracts.field(info, attribute)
        if owner:
            scene.note("read", owner, field, pattern.line)


ON = {MatchStmt: on_match, ClassPattern: on_class}
