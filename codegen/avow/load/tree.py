"""Load the schemas of a project: every file, what they define together, and all that is wrong with them.

tree = load(config.find(Path.cwd()))
if not tree.findings:
    tree.schemas.types["insurance.customers.AddressChanged"]  # its model
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from avow.config import Project
from avow.finding import Finding, Place
from avow.load import metadata
from avow.load.crosscheck import cross_check
from avow.load.files import read_schema, schema_files
from avow.load.problems import located, sentence
from avow.load.source import Source
from avow.runtime.declare import Declarations, Document
from avow.runtime.parse import Schemas, parse_documents
from avow.runtime.problem import show
from avow.runtime.schema import Json, Path, Record


class Tree(msgspec.Struct, frozen=True):
    """The schemas of a project."""

    sources: dict[str, Source]
    """Each file by its name, posix and relative to the project root, in the order of the names."""
    schemas: Schemas
    """What the files say together; types by full name."""
    units: dict[str, str]
    """Full name of each type -> that of the outermost named type around it in its file, often itself."""
    files: dict[str, str]
    """Full name of each type -> the name of the file that defines it."""
    findings: list[Finding]
    """What makes schemas invalid: errors, in no order. The types are complete only where it is empty."""

    def place(self, full_name: str) -> Place:
        """Return where a type is defined: its name in its file. Raises KeyError for an unknown name."""
        return self.sources[self.files[full_name]].place((*self.schemas.types[full_name].at, "name"))


def load(
    project: Project, names: Iterable[str] | None = None, known: Callable[[str], Source | None] = lambda name: None
) -> Tree:
    """Read and parse the schemas of a project. What is wrong with them is a finding and hides no other.

    Args:
        project: Whose schemas.
        names: Only these files, by name. Give all that define what they refer to, and what else defines the
            same types. `cross_check` is then left to the caller, who knows the names in the other files.
        known: Returns a file that has been read already, None for one that has not.

    Raises:
        ConfigError: There is no folder of schemas.
    """
    chosen = schema_files(project) if names is None else [(f"{project.root}/{name}", name) for name in sorted(names)]
    sources = {name: known(name) or read_schema(project, path, name) for path, name in chosen}
    documents = [Document(name, source.value, True) for name, source in sources.items() if source.parsed]
    schemas = parse_documents(documents)
    files = {name: found.document for name, found in schemas.declarations.by_name.items()}
    tree = Tree(sources, schemas, _units(schemas.declarations), files, [])
    tree.findings.extend(_findings(tree, documents, project))
    if names is None:
        tree.findings.extend(cross_check(Places(project, tree, {})))
    return tree


class Places(Mapping[str, Place]):
    """Where each type is defined, looked up when asked: that takes a scan of the file.

    Args:
        project: Whose types.
        tree: What is loaded.
        elsewhere: Full name -> file, of types that may not be; the files are read only when asked for.
    """

    def __init__(self, project: Project, tree: Tree, elsewhere: Mapping[str, str]) -> None:
        self._project = project
        self._tree = tree
        self._elsewhere = {name: file for name, file in elsewhere.items() if file not in tree.sources}

    def __getitem__(self, name: str) -> Place:
        if name in self._tree.files:
            return self._tree.place(name)
        return load(self._project, [self._elsewhere[name]]).place(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._tree.files
        yield from (name for name in self._elsewhere if name not in self._tree.files)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _findings(tree: Tree, documents: list[Document], project: Project) -> Iterator[Finding]:
    for source in tree.sources.values():
        yield from source.findings
    yield from located(tree.schemas.problems, tree.sources, project)
    yield from _without_definition(tree, documents)
    yield from _bad_contracts(tree)


# which named type is around another


def _definitions(declarations: Declarations) -> dict[str, list[tuple[Path, str]]]:
    """Return the named types in each document by their place, copies of others included."""
    found: dict[str, list[tuple[Path, str]]] = {}
    for each in declarations.by_name.values():
        found.setdefault(each.document, []).append((each.at, each.name))
        for document, at in each.repeats:
            found.setdefault(document, []).append((at, each.name))
    return found


def _units(declarations: Declarations) -> dict[str, str]:
    units: dict[str, str] = {}
    for document, definitions in _definitions(declarations).items():
        outer: tuple[Path, str] | None = None
        for at, name in sorted(definitions):  # what is around stands before what is inside
            if outer is None or at[: len(outer[0])] != outer[0]:
                outer = (at, name)
            if declarations.is_defined_at(name, document, at):
                units[name] = outer[1]
    return units


# NO_DEFINITION


def _without_definition(tree: Tree, documents: list[Document]) -> Iterator[Finding]:
    """Yield the schemas at the top that define nothing; where something else is wrong, that says enough."""
    taken = {key: [at for at, _ in found] for key, found in _definitions(tree.schemas.declarations).items()}
    for problem in tree.schemas.problems:
        taken.setdefault(problem.document, []).append(problem.at)
    for document in documents:
        places = taken.get(document.key, [])
        roots = list(document.roots())
        for at, value in roots:
            if not any(place[: len(at)] == at for place in places):
                yield _no_definition(tree.sources[document.key], at, value)
        if not roots:
            yield _no_definition(tree.sources[document.key], (), document.value)


def _no_definition(source: Source, at: Path, value: Json) -> Finding:
    what = f"entry {at[0]} of the list" if at else "this file"
    return Finding(
        rule="NO_DEFINITION",
        severity="error",
        place=source.place(at),
        message=f"{what} defines no named type: it is {show(value)}",
        fix="Wrap it in a record, or remove it; an array at the top of a file lists definitions.",
    )


# BAD_CONTRACT


def _bad_contracts(tree: Tree) -> Iterator[Finding]:
    for record in tree.schemas.types.values():
        if isinstance(record, Record):
            for at, message, fix in metadata.problems(record):
                yield Finding(
                    rule="BAD_CONTRACT",
                    severity="error",
                    place=tree.sources[tree.files[record.name]].place((*record.at, *at)),
                    message=message,
                    fix=sentence(fix),
                )
