"""From JSON to the model: two passes over a set of documents, every fault reported, none hiding another.

The first pass (declare.py) learns every name, so references may point forward, across documents and in
cycles; the second (build.py) builds the nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from .build import Builder, Root
from .declare import Declarations, Document
from .depth import too_deep
from .errors import SchemaError
from .problem import Problem
from .schema import MAX_DEPTH, PRIMITIVES, Json, Named, Type


class Schemas(Struct, frozen=True):
    """What a set of documents says: its types by full name, its top-level schemas, its faults."""

    types: dict[str, Named]
    roots: list[Root]
    problems: list[Problem]
    declarations: Declarations


def parse(value: Json, *, defaults: bool = True) -> Type:
    """Return the model of one schema given as parsed JSON (or a primitive's name).

    ``defaults`` says whether those of fields are held against their types. Raises SchemaError with every fault
    found.
    """
    schemas = parse_documents([Document("schema", value)], defaults=defaults)
    if schemas.problems:
        raise SchemaError([_located(problem) for problem in schemas.problems])
    return schemas.roots[0].type


def parse_text(text: str | bytes, *, defaults: bool = True) -> Type:
    """Return the model of one schema given as JSON text, or as a primitive's bare name.

    Without ``defaults`` those of fields are not held against their types: what a writer's schema says there has
    no part in reading, and few lines of it can stand for millions of values. Raises SchemaError with every fault
    found.
    """
    import json

    try:
        plain = text if isinstance(text, str) else text.decode()
        value = plain if plain in PRIMITIVES else json.loads(plain, parse_constant=_refuse_constant)
        return parse(value, defaults=defaults)
    except SchemaError:
        raise
    except RecursionError:
        raise SchemaError(["nested too deeply for the stack that is left"]) from None
    except ValueError as error:
        raise SchemaError([f"not JSON: {error}"]) from None


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def parse_documents(documents: Iterable[Document], *, defaults: bool = True) -> Schemas:
    """Return the model of many documents that may refer to each other's types in any order."""
    documents = list(documents)
    declarations = Declarations(documents)
    builder = Builder(declarations)
    for document in documents:
        for at, value in document.roots():
            builder.root(document.key, at, value)
    if defaults:
        builder.check_defaults()
    problems = [*declarations.problems, *builder.problems, *_too_deep(builder, declarations)]
    return Schemas(builder.types, builder.roots, problems, declarations)


def _too_deep(builder: Builder, declarations: Declarations) -> Iterator[Problem]:
    for type_ in too_deep(builder.types.values()):
        declared = declarations.by_name[type_.name]
        message = f"{type_.name} has types nested in it, by reference or in place, deeper than {MAX_DEPTH}"
        fix = "let a record refer to others by their ids instead of holding them"
        yield Problem("TOO_DEEP", declared.document, declared.at, message, fix)


def _located(problem: Problem) -> str:
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem.at)
    text = f"{place.lstrip('.')}: {problem.message}" if place else problem.message
    return f"{problem.rule} {text}"
