"""`"{0.reason}".format(event)`: places in a text that name attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from string import Formatter
from typing import TypeAlias

from mypy.nodes import ARG_NAMED, ARG_POS, CallExpr, Expression, MemberExpr

from avow.index.observe.members import attribute_type, perhaps
from avow.index.observe.scene import Scene
from avow.index.observe.values import carried, constant, keep
from avow.index.typed.shapes import instances

Step: TypeAlias = tuple[bool, str]
"""Whether an attribute is named, or something that is held; and which."""

_FIRST = re.compile(r"[^.[]*")
_STEP = re.compile(r"\.([^.[]+)|\[([^]]*)]")
_REASON = "named in a format"


def formatted(scene: Scene, call: CallExpr) -> bool:
    """Note which attributes the places of a format name; all, where the text is not known."""
    text = constant(scene, call.callee.expr) if isinstance(call.callee, MemberExpr) else None
    places = list(_places(text)) if text is not None else None
    positions = iter(count())
    for argument, kind, name in zip(call.args, call.arg_kinds, call.arg_names, strict=True):
        own = str(next(positions)) if kind == ARG_POS else name
        if places is None or kind not in (ARG_POS, ARG_NAMED):
            scene.escape(carried(scene, argument), call.line, "into a format, which may name fields")
            continue
        for path in (path for first, path in places if first == own):
            _read(scene, argument, path, call.line)
        keep(scene, argument)
    return True


def _read(scene: Scene, value: Expression, path: list[Step], line: int) -> None:
    current = scene.type(value)
    for is_attribute, name in path:
        if is_attribute:
            perhaps(scene, value, current, name, line, _REASON)
            current = attribute_type(current, name)
        else:
            held = [each.args[-1] for each in instances(current) if each.args]
            current = held[0] if held else None


def _places(text: str) -> Iterator[tuple[str, list[Step]]]:
    """Yield for each place of a format which argument it is for, and the steps from there."""
    numbers = count()
    try:
        waiting = [text]
        while waiting:
            for _, name, spec, _ in Formatter().parse(waiting.pop()):
                if name is not None:
                    first = _FIRST.match(name)[0]  # type: ignore[index]  # it matches nothing too
                    yield first or str(next(numbers)), [(bool(a), a or i) for a, i in _STEP.findall(name)]
                waiting += [spec] if spec else []
    except ValueError:  # whoever runs it fails
        return
