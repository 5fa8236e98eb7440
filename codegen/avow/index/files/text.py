"""Facts as lines of text: one a line, sorted, without line numbers, so that unrelated edits change nothing.

    reason<TAB>read<TAB>quoting<TAB>consumers/quoting/handlers.py<TAB>on_address_changed

The fields are those of `Fact` behind its type, which is the name of the file; what is empty at the end is left out.
Two branches that add facts are merged by taking the lines of both, which `.gitattributes` asks git to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from avow.index.fact import KINDS, WHOLE, Edge, Fact

FOLDER = "index"
ALL_TYPES = "every-type"
"""The file of facts about every type; no type can have this name."""
EDGES = "flow-edges"
"""The file of the edges of the flow."""
ATTRIBUTES = ".gitattributes"
_MERGE = "*.txt merge=union\n"


def texts(facts: Iterable[Fact], edges: Iterable[Edge]) -> dict[str, str]:
    """Return the files of the index by their paths below the generated folder; none where there is nothing to say."""
    lines: dict[str, set[str]] = {}
    for fact in facts:
        name = ALL_TYPES if fact.type == WHOLE else fact.type
        lines.setdefault(name, set()).add(_line(fact))
    lines[EDGES] = {_joined(edge.source, edge.target, edge.service, edge.file, edge.function) for edge in edges}
    found = {f"{FOLDER}/{name}.txt": "".join(sorted(own)) for name, own in sorted(lines.items()) if own}
    return {**found, f"{FOLDER}/{ATTRIBUTES}": _MERGE} if found else {}


def _line(fact: Fact) -> str:
    return _joined(fact.field, fact.kind, fact.service, fact.file, fact.function, fact.reason, fact.via)


def _joined(*parts: str) -> str:
    return "\t".join(map(_plain, parts)).rstrip("\t") + "\n"


def _plain(part: str) -> str:
    """A part without what would end it or the line; names of files may hold anything."""
    return part.encode("unicode_escape").decode() if not part.isprintable() else part


def parse_facts(name: str, text: str) -> Iterator[Fact]:
    """Yield the facts in the file of a type. Lines that are none, such as a merge's marks, are passed over."""
    type_ = WHOLE if name == ALL_TYPES else name
    for line in text.splitlines():
        parts = [*line.split("\t"), "", ""]
        if len(parts) in (7, 8, 9) and parts[1] in KINDS:
            field, kind, service, file, function, reason, via = parts[:7]
            yield Fact(type_, field, kind, service, file, function, reason, via)  # type: ignore[arg-type]


def parse_edges(text: str) -> Iterator[Edge]:
    """Yield the edges in their file."""
    for line in text.splitlines():
        parts = line.split("\t")
        if len(parts) == 5:
            yield Edge(*parts)


def read(files: Mapping[str, str]) -> tuple[list[Fact], list[Edge]]:
    """Return the facts and edges of the files of an index, by their paths below the generated folder."""
    facts: list[Fact] = []
    edges: list[Edge] = []
    for path, text in files.items():
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".txt")
        if name == EDGES:
            edges += parse_edges(text)
        elif path.endswith(".txt"):
            facts += parse_facts(name, text)
    return sorted(facts), sorted(edges)
