"""The index as the check asks it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec.msgpack import encode

from avow.changes.touched import Touched
from avow.check.usage import Misuse
from avow.config import Project
from avow.finding import Place, Status, Use
from avow.impact.wording import step, what
from avow.index import book, checks
from avow.index import run as index
from avow.index.checks.run import path_of
from avow.index.checks.subject import Declared
from avow.index.contents import Index
from avow.index.fact import Fact
from avow.index.questions import impact
from avow.load.tree import Tree
from avow.runtime.schema import Type


def usage(project: Project, older: Sequence[Type] = ()) -> Usage | None:
    """Bring the index up to date; None where there is no code, or schemas are invalid.

    Args:
        project: Whose code.
        older: Contracts as they once were, beside the released ones.

    Raises:
        AvowError: There is no generated package, though services use it.
    """
    folders = (project.root / each for each in (project.settings.producers, project.settings.consumers))
    if not any(folder.is_dir() for folder in folders):
        return None
    found = index.run(project, files=False, older=older)
    return None if found.findings else Usage(project, found.index)


class Usage:
    """Who uses what, in one state of the code."""

    def __init__(self, project: Project, found: Index) -> None:
        self._index = found
        self._hits = list(checks.hits(project, found))

    @cached_property
    def book(self) -> book.Book:
        """The index, to be asked."""
        return book.make(self._index.catalogue, self._index.facts, self._index.edges)

    @cached_property
    def mark(self) -> str:
        """A digest of all that the code does."""
        said = encode((self._index.facts, self._index.edges, self._index.waivers))
        return hashlib.blake2b(said, digest_size=16).hexdigest()

    @cached_property
    def files(self) -> set[str]:
        """The schema files of what the code does wrong something with."""
        places = (place for _, hit in self._hits for place in (hit.place, *hit.related))
        return {self._index.catalogue[each.type].file for each in places if isinstance(each, Declared)}

    def misuses(self, tree: Tree) -> Iterator[Misuse]:
        """Yield what the code does wrong."""
        for rule, hit in self._hits:
            found = checks.finding(rule, hit, tree)
            if isinstance(hit.place, Declared):
                yield Misuse(found, path_of(hit.place, tree), hit.place.type)
            else:
                yield Misuse(found, None, hit.about)

    def uses(self, place: Touched) -> tuple[Use, ...]:
        """Return whom a change of a place hits."""
        return uses(self.book, place)

    def rollout(self, contract: str, *, backward: bool, forward: bool, misses: bool) -> tuple[str, ...]:
        """Return which services take a change first."""
        return rollout(self.book, contract, backward=backward, forward=forward, misses=misses)


def uses(asked: book.Book, place: Touched) -> tuple[Use, ...]:
    """Return whom a change of a place hits, the surest first."""
    return tuple(_use(hit.status, hit.fact) for hit in impact.hits(asked, place))


def _use(status: Status, fact: Fact) -> Use:
    return Use(status, Place(fact.file, max(fact.line, 1), 1), fact.service, what(fact))


def rollout(asked: book.Book, contract: str, *, backward: bool, forward: bool, misses: bool) -> tuple[str, ...]:
    """Return which services take a change first, as `avow.check.usage.Usage` has it."""
    steps = impact.rollout(asked, contract, backward=backward, forward=forward, misses=misses)
    return tuple(map(step, steps))
