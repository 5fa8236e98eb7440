"""First pass over documents: which names are defined, where, and whether any is defined in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from .names import full_name, is_full_name, is_name, reference
from .problem import Problem, kind_of, show
from .schema import MAX_DEPTH, PRIMITIVES, Json, Path, namespace_of

NAMED_KINDS = ("record", "error", "enum", "fixed")


class Document(Struct, frozen=True):
    """One JSON value to be read as schemas; ``key`` names it in problems.

    Where ``lists`` is true an array at the top lists definitions, as in a file; otherwise it is a union.
    """

    key: str
    value: Json
    lists: bool = False

    def roots(self) -> Iterator[tuple[Path, Json]]:
        """Yield each schema at the top of the document with its place."""
        if self.lists and isinstance(self.value, list):
            yield from (((index,), item) for index, item in enumerate(self.value))
        else:
            yield (), self.value


class Declaration(Struct, frozen=True):
    """Where a named type is defined: its JSON, the namespace around it, and every repetition of it."""

    name: str
    document: str
    at: Path
    value: dict[str, Json]
    around: str
    repeats: list[tuple[str, Path]] = []


class Declarations:
    """The named types that a set of documents defines, and what is wrong with their names."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.by_name: dict[str, Declaration] = {}
        self.problems: list[Problem] = []
        for document in documents:
            for at, value in document.roots():
                self._walk(document.key, value, "", at, 0)

    def is_defined_at(self, name: str, document: str, at: Path) -> bool:
        """Return whether this very place holds the definition that counts, not a repetition of it."""
        found = self.by_name.get(name)
        return found is not None and found.document == document and found.at == at

    def _walk(self, key: str, value: Json, around: str, at: Path, depth: int) -> None:
        if depth > MAX_DEPTH:  # the second pass reports it
            return
        if isinstance(value, list):
            for index, branch in enumerate(value):
                self._walk(key, branch, around, (*at, index), depth + 1)
        elif isinstance(value, dict):
            kind = value.get("type")
            if isinstance(kind, str) and kind in NAMED_KINDS:
                inner = self._declare(key, value, around, at)
                self._walk_fields(key, value, inner, at, depth)
            elif kind == "array":
                self._walk(key, value.get("items"), around, (*at, "items"), depth + 1)
            elif kind == "map":
                self._walk(key, value.get("values"), around, (*at, "values"), depth + 1)
            elif isinstance(kind, (dict, list)):
                self._walk(key, kind, around, (*at, "type"), depth + 1)

    def _walk_fields(self, key: str, value: dict[str, Json], inner: str, at: Path, depth: int) -> None:
        fields = value.get("fields")
        if isinstance(fields, list):
            for index, field in enumerate(fields):
                if isinstance(field, dict):
                    self._walk(key, field.get("type"), inner, (*at, "fields", index, "type"), depth + 1)

    def _declare(self, key: str, value: dict[str, Json], around: str, at: Path) -> str:
        """Register a definition under its full name; return the namespace that holds inside it."""
        name = self._name(key, value, around, at)
        if name is None:
            return around
        first = self.by_name.get(name)
        if first is None:
            self.by_name[name] = Declaration(name, key, at, value, around, [])
        elif _normal(first.value, first.around) == _normal(value, around):
            first.repeats.append((key, at))
        else:
            self._conflict(first, key, at)
        return namespace_of(name)

    def _conflict(self, first: Declaration, key: str, at: Path) -> None:
        self.problems.append(
            Problem(
                "CONFLICTING_DEFINITION",
                key,
                (*at, "name"),
                f"{first.name} is defined here and elsewhere in two different ways",
                "keep one definition and refer to it by name, or give one of them another name",
                (first.document, (*first.at, "name")),
            )
        )

    def _name(self, key: str, value: dict[str, Json], around: str, at: Path) -> str | None:
        def refuse(rule: str, where: Path, message: str, fix: str) -> None:
            self.problems.append(Problem(rule, key, where, message, fix))

        kind = value["type"]
        if "name" not in value:
            refuse("MISSING_ATTRIBUTE", at, f'this {kind} has no "name"', 'add "name": "…"')
            return None
        name, namespace = value["name"], value.get("namespace")
        if namespace is not None and not (namespace == "" or is_full_name(namespace)):
            refuse(
                "BAD_NAMESPACE",
                (*at, "namespace"),
                f"{show(namespace)} is not a namespace",
                "use names of letters, digits and underscores, joined by dots",
            )
            namespace = None
        if not isinstance(name, str):
            fix = "write the name as a string"
            refuse("BAD_NAME", (*at, "name"), f"the name of a {kind} is {kind_of(name)}, not a string", fix)
            return None
        if not is_full_name(name):
            refuse("BAD_NAME", (*at, "name"), f"{show(name)} is not a name", name_hint(name))
            return None
        full = full_name(name, around if namespace is None else namespace)
        if full in PRIMITIVES:
            fix = "choose another name, or put the type in a namespace"
            refuse("BAD_NAME", (*at, "name"), f'"{full}" is the name of a primitive type', fix)
            return None
        return full


def name_hint(name: str) -> str:
    """Return what to do about text that is not a name, with a valid spelling where one is near."""
    cleaned = "".join(char if char.isascii() and (char.isalnum() or char in "_.") else "_" for char in name)
    cleaned = cleaned if cleaned and not cleaned[0].isdigit() else f"_{cleaned}"
    rule = "use letters, digits and underscores, not a digit first"
    return f'{rule}; "{cleaned}" would do' if is_name(cleaned) else rule


def _normal(value: Json, around: str) -> Json:
    """Return a schema's JSON in a form that is equal for definitions that mean the same.

    Names are full, docs are gone, and a named type inside is its name alone: it is compared by itself.
    """
    if isinstance(value, str):
        return reference(value, around)
    if isinstance(value, list):
        return [_normal(branch, around) for branch in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("type")
    if isinstance(kind, str) and kind in NAMED_KINDS:
        return _normal_named(value, around)
    normal = {key: item for key, item in value.items() if key not in _MEANINGLESS}
    for key in ("items", "values", "type"):
        if key in normal and (key != "type" or kind not in ("array", "map")):
            normal[key] = _normal(normal[key], around)
    return normal["type"] if len(normal) == 1 and "type" in normal else normal


_MEANINGLESS = ("doc", "namespace", "order", "except")


def _normal_named(value: dict[str, Json], around: str) -> Json:
    name, namespace = value.get("name"), value.get("namespace")
    around = namespace if isinstance(namespace, str) else around
    full = full_name(name, around) if isinstance(name, str) else name
    inner = namespace_of(full) if isinstance(full, str) else around
    normal = {key: item for key, item in value.items() if key not in _MEANINGLESS}
    normal["name"] = full
    if isinstance(value.get("fields"), list):
        normal["fields"] = [_normal_field(field, inner) for field in value["fields"]]
    return normal


def _normal_field(field: Json, around: str) -> Json:
    if not isinstance(field, dict):
        return field
    normal = {key: item for key, item in field.items() if key not in _MEANINGLESS}
    normal["type"] = _reference_only(_normal(field.get("type"), around))
    return normal


def _reference_only(normal: Json) -> Json:
    if isinstance(normal, list):
        return [_reference_only(branch) for branch in normal]
    if not isinstance(normal, dict):
        return normal
    if normal.get("type") in NAMED_KINDS:
        return normal.get("name")
    return {key: _reference_only(item) if key in ("items", "values", "type") else item for key, item in normal.items()}
