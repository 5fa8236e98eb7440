"""Checks of how schemas are laid out in files, spelt and described."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from avow.lint import spelling
from avow.lint.hit import Check, Hit
from avow.lint.subject import Subject
from avow.load.files import file_of
from avow.runtime.names import nearest
from avow.runtime.schema import Named, short_name


def path_mismatch(subject: Subject) -> Iterator[Hit]:
    """Of a file that lists types, one has to match."""
    roots: dict[str, list[tuple[str, Named]]] = {}
    for file, type_ in _shared(subject):
        roots.setdefault(file, []).append((file_of(subject.project, type_.name), type_))
    for file, found in roots.items():
        wanted, type_ = found[-1]  # the last of a list is mostly what the others are there for
        if all(file != path for path, _ in found):
            fix = f"Move the file to {wanted}, or rename the type."
            yield Hit(file, (*type_.at, "name"), f"{type_.name} does not belong at this path", fix)


def duplicate_definition(subject: Subject) -> Iterator[Hit]:
    """The parser has compared the definitions: those here mean the same."""
    for found in subject.tree.schemas.declarations.by_name.values():
        for file, at in found.repeats:
            if file not in subject.broken:
                fix = f"Keep one definition, and write only {found.name} everywhere else."
                first = (found.document, (*found.at, "name"))
                yield Hit(file, (*at, "name"), f"{found.name} is defined once more", fix, other=first)


def name_style(subject: Subject) -> Iterator[Hit]:
    """Types in UpperCamelCase; the fields of a record in the style that most of them have."""
    for file, type_ in subject.types:
        name = short_name(type_.name)
        if not spelling.fits(name, "UpperCamelCase"):
            message = f'the type "{name}" is not in UpperCamelCase'
            yield Hit(file, (*type_.at, "name"), message, _respell(name, "UpperCamelCase"))
    for file, record in subject.records:
        style = spelling.common([field.name for field in record.fields])
        for field in record.fields:
            if not spelling.fits(field.name, style):
                message = f'the field "{field.name}" is not in {style}, as most fields of its record are'
                yield Hit(file, (*field.at, "name"), message, _respell(field.name, style))


def _respell(name: str, style: str) -> str:
    return f'Call it "{spelling.respelt(name, style)}"; if it is in use, keep the old name as an alias.'


def unknown_attribute(subject: Subject) -> Iterator[Hit]:
    """Only what is nearly a known attribute, and one that is not there yet, is taken for a misspelling."""
    for file, node in subject.nodes:
        if node.shape in ("object", "field"):
            kind = "field" if node.shape == "field" else node.value.get("type")
            for key in node.value:
                near = _nearly(key, kind if isinstance(kind, str) else "")
                if near and near not in node.value:
                    message = f'"{key}" is no attribute that Avro or avow knows'
                    yield Hit(file, (*node.at, key), message, f'Did you mean "{near}"?', key=True)


_NAMED = "type name namespace aliases doc"
_LOGICAL = "type logicalType precision scale"
_ATTRIBUTES = {
    "record": f"{_NAMED} fields contract except",
    "error": f"{_NAMED} fields contract except",
    "enum": f"{_NAMED} symbols default except",
    "fixed": f"{_NAMED} size logicalType precision scale except",
    "field": "type name aliases doc default order deprecated sensitive logicalType except",
    "array": "type items",
    "map": "type values",
}
_ALL = frozenset(" ".join((*_ATTRIBUTES.values(), _LOGICAL)).split())


@cache
def _nearly(key: str, kind: str) -> str | None:
    """Return the attribute of a kind of node that a key is a misspelling of, or None."""
    return None if key in _ALL else nearest(key, _ATTRIBUTES.get(kind, _LOGICAL).split())


def missing_doc(subject: Subject) -> Iterator[Hit]:
    """Types inside of others are described by the field that they are in."""
    for file, type_ in _shared(subject):
        if not type_.doc:
            what = "contract" if "contract" in type_.props else "type"
            fix = 'Add "doc" with what its name does not say.'
            yield Hit(file, (*type_.at, "name"), f"the {what} {type_.name} has no doc", fix)
    for file, field in subject.fields:
        if not field.doc:
            fix = 'Add "doc" with what its name does not say: unit, time zone, who assigns it.'
            yield Hit(file, (*field.at, "name"), f'the field "{field.name}" has no doc', fix)


def _shared(subject: Subject) -> Iterator[tuple[str, Named]]:
    """Yield the types at the top of their files."""
    for file, type_ in subject.types:
        if len(type_.at) <= 1:
            yield file, type_


CHECKS: dict[str, Check] = {
    "PATH_MISMATCH": path_mismatch,
    "DUPLICATE_DEFINITION": duplicate_definition,
    "NAME_STYLE": name_style,
    "UNKNOWN_ATTRIBUTE": unknown_attribute,
    "MISSING_DOC": missing_doc,
}
