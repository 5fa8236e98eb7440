"""What can be wrong with the names of a tree taken together, whatever files they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from avow.finding import Finding, Place
from avow.runtime.schema import namespace_of, short_name


def cross_check(names: Mapping[str, Place]) -> list[Finding]:
    """Return the errors that only all names of a tree together show: NAME_CASE and NAME_IS_NAMESPACE.

    Args:
        names: Full name of each type -> where it is defined. A place is looked up only for a finding, so a
            mapping that works it out when asked costs nothing in a tree without one.
    """
    spaces = _namespaces(names)
    return [
        *_case(names, names.__getitem__, "the types {} and {} differ only in upper and lower case"),
        *_case(
            spaces,
            lambda space: names[spaces[space]],
            "the namespaces {} and {} differ only in upper and lower case",
        ),
        *_both(names, spaces),
    ]


def _namespaces(names: Iterable[str]) -> dict[str, str]:
    """Return every namespace, those above others included, with the first type inside."""
    found: dict[str, str] = {}
    for name in sorted(names):
        space = namespace_of(name)
        while space and space not in found:
            found[space] = name
            space = namespace_of(space)
    return found


def _case(names: Iterable[str], place: Callable[[str], Place], message: str) -> Iterator[Finding]:
    """Yield the siblings that a file system without case takes for one."""
    siblings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        siblings[namespace_of(name), short_name(name).lower()].append(name)
    for group in siblings.values():
        if len(group) > 1:
            first, *others = sorted(group)
            for other in others:
                yield Finding(
                    rule="NAME_CASE",
                    severity="error",
                    place=place(other),
                    message=message.format(first, other),
                    fix="Rename one of the two.",
                    related=(place(first),),
                )


def _both(names: Mapping[str, Place], spaces: dict[str, str]) -> Iterator[Finding]:
    for space in sorted(spaces.keys() & set(names)):  # a mapping may look up a place to answer `in`
        inner = spaces[space]
        yield Finding(
            rule="NAME_IS_NAMESPACE",
            severity="error",
            place=names[space],
            message=f"{space} is a type, and also the namespace of {inner}",
            fix="Rename the type, or move the others to another namespace.",
            related=(names[inner],),
        )
