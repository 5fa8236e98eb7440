"""Match statements: the class that a case asks for comes in there, and the fields that it names are read."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import MatchStmt
from mypy.patterns import AsPattern, ClassPattern, OrPattern, Pattern

from avow.index.fact import WHOLE
from avow.index.observe.members import NO_FIELD, access
from avow.index.observe.registry import is_contract
from avow.index.observe.scene import Scene, class_of
from avow.index.observe.values import keep


def on_match(scene: Scene, node: MatchStmt) -> None:
    """What is only matched goes nowhere; a pattern of another class may name its fields too."""
    keep(scene, node.subject)
    for pattern in (inner for each in node.patterns for inner in _alternatives(each)):
        info = class_of(scene, pattern.class_ref)
        if info is None or not scene.contracts.name(info):
            for attribute, value in zip(pattern.keyword_keys, pattern.keyword_values, strict=True):
                access(scene, "read", node.subject, scene.type(node.subject), attribute, value.line)


def _alternatives(pattern: Pattern) -> Iterator[ClassPattern]:
    """Yield the class patterns that the subject itself is held against."""
    if isinstance(pattern, ClassPattern):
        yield pattern
    elif isinstance(pattern, AsPattern) and pattern.pattern is not None:
        yield from _alternatives(pattern.pattern)
    elif isinstance(pattern, OrPattern):
        for each in pattern.patterns:
            yield from _alternatives(each)


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
        elif scene.contracts.lacks(info, attribute):
            scene.notes.facts.append(scene.fact("read", scene.contracts.name(info), attribute, pattern.line, NO_FIELD))


ON = {MatchStmt: on_match, ClassPattern: on_class}
