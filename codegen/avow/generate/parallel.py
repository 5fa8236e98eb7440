"""Rendering on all processors: the units of a tree do not depend on each other's texts.

Children are forked, so that they need nothing sent, and answer through a pipe. Whatever becomes of one, its share
is rendered here then: an error shows up where it can be reported.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

Texts: TypeAlias = Iterable[tuple[str, str]]

_SHARE: Final = 200
"""Fewest units that are worth a process."""


def render(units: Sequence[str], one: Callable[[str], Texts]) -> dict[str, str]:
    """Return the texts of all units by path; ``one`` renders a unit."""
    workers = min(os.cpu_count() or 1, len(units) // _SHARE) if sys.platform == "linux" else 1
    if workers < 2:
        return _serial(units, one)
    children = [_fork(units[number::workers], one) for number in range(1, workers)]
    texts = _serial(units[::workers], one)
    for share, pid, pipe in children:
        texts.update(_answer(pid, pipe) or _serial(share, one))
    return texts


def _serial(units: Iterable[str], one: Callable[[str], Texts]) -> dict[str, str]:
    return {path: text for unit in units for path, text in one(unit)}


def _fork(share: Sequence[str], one: Callable[[str], Texts]) -> tuple[Sequence[str], int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return share, pid, reading
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            marshal.dump(_serial(share, one), pipe)
        os._exit(0)
    except BaseException:
        os._exit(1)


def _answer(pid: int, reading: int) -> dict[str, str]:
    """What a child has rendered; nothing where it failed."""
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    texts: dict[str, str] = marshal.loads(answer) if status == 0 else {}
    return texts
