"""Walking without recursion: schemas may refer to one another in chains longer than Python's stack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from avow.changes.change import Change

Pair: TypeAlias = tuple[str, str]
"""Full names of two named types, old and new."""


class Visit(Struct, eq=False):
    """Something to be gone into before the walk goes on; ``pair`` says what it is, where it is two named types."""

    steps: Steps
    pair: Pair | None = None
    is_changed: bool = False


Steps: TypeAlias = Iterator[Change | Visit]
"""Changes, and visits of what is further inside."""


def changes(steps: Steps, changed: set[Pair]) -> Iterator[Change]:
    """Yield the changes of a walk in its order.

    Args:
        steps: The walk.
        changed: Gathers each pair that was gone into, once it is done, if there was a change in it.
    """
    stack = [Visit(steps)]
    while stack:
        step = next(stack[-1].steps, None)
        if isinstance(step, Change):
            stack[-1].is_changed = True
            yield step
        elif step is not None:
            stack.append(step)
        else:
            _leave(stack.pop(), stack, changed)


def _leave(done: Visit, around: list[Visit], changed: set[Pair]) -> None:
    if done.is_changed and done.pair:
        changed.add(done.pair)
    if done.is_changed and around:
        around[-1].is_changed = True
