"""What happens downstream of a contract, as a tree."""

from __future__ import annotations

from collections.abc import Iterator

from avow.index.questions.flow import Flow, Handled
from avow.show.layout import Branch, coloured, faint, strong, tree
from avow.show.who import place


def render(flow: Flow) -> str:
    """Return the tree."""
    return "\n".join(tree(_contract(flow))) + "\n"


def _contract(flow: Flow) -> Branch:
    name = strong(flow.contract)
    if flow.is_loop:
        return Branch(f"{name} {coloured('maybe', '(a loop: see where it began)')}")
    if flow.is_shown:
        return Branch(f"{name} {faint('(shown above)')}")
    below = tuple(_handled(each) for each in flow.handlers)
    return Branch(name, below or (Branch(faint("no known handler")),))


def _handled(handled: Handled) -> Branch:
    places = ", ".join(f"{place(fact)} {fact.function}" for fact in handled.places)
    return Branch(f"{coloured('handle', handled.service)} {faint(places)}", tuple(map(_contract, handled.sends)))


def lines(flow: Flow, depth: int = 0) -> Iterator[dict[str, object]]:
    """Yield an object for each service that handles something: for programs."""
    for handled in flow.handlers:
        where = [{"file": fact.file, "line": fact.line, "function": fact.function} for fact in handled.places]
        sends = [{"contract": each.contract, "loop": each.is_loop} for each in handled.sends]
        yield {
            "depth": depth,
            "contract": flow.contract,
            "service": handled.service,
            "handlers": where,
            "sends": sends,
        }
        for each in handled.sends:
            yield from lines(each, depth + 1)
