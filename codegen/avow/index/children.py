"""Work in processes of its own: on all processors, and where a source that kills the parser kills no more than that.

Children are forked, so that they need nothing sent, and answer through a pipe. Where the system cannot fork, the
work is done here.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")

CAN_FORK = sys.platform == "linux"


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[None]:
    """Do something in a process of its own in the meantime that others profit from, and can do without."""
    if not CAN_FORK:
        yield
        return
    child = _fork([work], _each)
    try:
        yield
    finally:
        _answers(child, list[None])


def _each(works: Sequence[Callable[[], None]]) -> list[None]:
    return [work() for work in works]


def spread(
    items: Sequence[_Item],
    work: Callable[[Sequence[_Item]], list[_Answer]],
    failed: Callable[[_Item], _Answer],
    answer: type[_Answer],
    fewest: int,
) -> list[_Answer]:
    """Return the answers of ``work``, one for each item, in their order.

    Args:
        items: What to work on.
        work: Answers some of the items.
        failed: Answers for an item that kills the process that works on it.
        answer: The type of the answers, which msgspec has to know how to write.
        fewest: How many items are worth a process.
    """
    if not CAN_FORK:
        return _carefully(items, work, failed)
    count = max(1, min(os.cpu_count() or 1, len(items) // fewest))
    shares = [items[number::count] for number in range(count)]
    children = [_fork(share, work) for share in shares]
    answers = [_answers(child, list[answer]) for child in children]  # type: ignore[valid-type]
    whole = [
        found if found is not None else _halved(share, work, failed, answer)
        for share, found in zip(shares, answers, strict=True)
    ]
    return [whole[number % count][number // count] for number in range(len(items))]


def _halved(
    items: Sequence[_Item],
    work: Callable[[Sequence[_Item]], list[_Answer]],
    failed: Callable[[_Item], _Answer],
    answer: type[_Answer],
) -> list[_Answer]:
    """Find the items that a child died of by halving what it was given."""
    if len(items) == 1:
        return [failed(items[0])]
    middle = len(items) // 2
    found: list[_Answer] = []
    for half in (items[:middle], items[middle:]):
        got = _answers(_fork(half, work), list[answer])  # type: ignore[valid-type]
        found += got if got is not None else _halved(half, work, failed, answer)
    return found


def _carefully(
    items: Sequence[_Item], work: Callable[[Sequence[_Item]], list[_Answer]], failed: Callable[[_Item], _Answer]
) -> list[_Answer]:
    found: list[_Answer] = []
    for item in items:
        try:
            found += work([item])
        except (Exception, SystemExit):  # mypy ends the process on an error of its own
            found.append(failed(item))
    return found


def _fork(share: Sequence[_Item], work: Callable[[Sequence[_Item]], list[_Answer]]) -> tuple[int, int]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.close(reading)
        gc.disable()  # a short life that drops little
        _hush()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work(share)))
        os._exit(0)
    except BaseException:
        os._exit(1)


def _hush() -> None:
    """What a checker has to say about code is not what was asked."""
    if os.environ.get("AVOW_DEBUG"):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _answers(child: tuple[int, int], kind: type[list[_Answer]]) -> list[_Answer] | None:
    """Return what a child found, or None where it died."""
    pid, reading = child
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    return msgspec.msgpack.decode(text, type=kind) if status == 0 else None
