"""Random pairs of schemas, for all who have a decoder and want to hold a checker's verdict against it.

They are forms of one schema, drawn at random or from the corpora, that changed at random: some changes keep
readers going and some break them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, cached_property
from random import Random
from typing import Any

import fastavro
from fastavro.schema import SchemaParseException, UnknownType
from tests.support import corpora
from tests.support.differential_changes import changed
from tests.support.differential_data import data, finite
from tests.support.differential_forms import Form, form_of
from tests.support.inline import Json, definitions, references
from tests.support.schemas import Options, random_schema

from avow.runtime import schema as model
from avow.runtime.errors import SchemaError
from avow.runtime.parse import parse

VARIANTS = 8
"""Forms of one schema that are held against one another: each is parsed once, which is what costs."""
MOST_DATA = 6
_SMALL = 4_000
"""Characters of the longest schema of the corpora that is taken."""
_SMALLISH = Options(bare_inside=False, unique_short_names=True, defaults=False, budget=7)


class Variant:
    """A schema in all the ways that those who judge it need; it compares by identity."""

    def __init__(self, form: Form, seed: int = 0) -> None:
        self.form = form
        self.schema: Json = form.schema()
        self.type = parse(self.schema)
        self._seed = seed

    @cached_property
    def theirs(self) -> Json:
        """The schema as fastavro parses it, without logical types."""
        return self.form.parsed()

    @cached_property
    def raw_type(self) -> model.Type:
        """The model without logical types."""
        return parse(_without_logical(self.schema))

    @cached_property
    def data(self) -> list[bytes]:
        """What fastavro writes of a few data that together take every branch and symbol."""
        return [_written(self.theirs, value) for value in data(self.type, Random(self._seed), MOST_DATA)]

    @cached_property
    def ambiguous(self) -> bool:
        """Whether fastavro may take another branch than we do for what is read into one of the unions."""
        return any(_is_ambiguous(each) for each in all_types(self.type) if isinstance(each, model.Union))

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of all fields of all records."""
        return frozenset(field.name for field in _fields(self.type))

    @cached_property
    def groups(self) -> list[set[str]]:
        """The names by which each field goes that has aliases."""
        return [{field.name, *field.aliases} for field in _fields(self.type) if field.aliases]

    @cached_property
    def doubled(self) -> bool:
        """Whether two fields of one record go by one name."""
        records = [each for each in all_types(self.type) if isinstance(each, model.Record)]
        names = [[name for field in record.fields for name in {field.name, *field.aliases}] for record in records]
        return any(len(each) != len(set(each)) for each in names)


def _fields(root: model.Type) -> Iterator[model.Field]:
    for each in all_types(root):
        if isinstance(each, model.Record):
            yield from each.fields


def crossed(writer: Variant, reader: Variant) -> bool:
    """Return whether two of the reader's fields may claim one of the writer's, or one may claim two."""
    return reader.doubled or any(len(group & writer.field_names) > 1 for group in reader.groups)


def stretched(writer: Variant, reader: Variant) -> bool:
    """Return whether an alias without namespace is, by its short name alone, one of the writer's types."""
    aliases = {alias for named in model.named_types(reader.type).values() for alias in named.aliases}
    return any("." in name and model.short_name(name) in aliases for name in model.named_types(writer.type))


def pairs(seed: int, count: int) -> Iterator[tuple[Json, Json]]:
    """Yield ``count`` writers and readers, each self-contained: forms of one schema that changed at random."""
    for writer, reader in variant_pairs(seed, count):
        yield writer.schema, reader.schema


def variant_pairs(seed: int, count: int) -> Iterator[tuple[Variant, Variant]]:
    """Yield what `pairs` does, parsed."""
    rng = Random(seed)
    left = count
    while left > 0:
        variants = family(rng)
        for writer in variants:
            for reader in variants:
                if left > 0 and (writer is not reader or writer is variants[0]):
                    left -= 1
                    yield writer, reader


def family(rng: Random) -> list[Variant]:
    """Return forms of one random schema, each a step or two from another one."""
    texts = _corpus_schemas()
    drawn = rng.choice(texts) if texts and rng.random() < 0.3 else random_schema(rng, _SMALLISH)
    told_apart = rng.random() < 0.8
    found: list[Variant] = []
    forms = [changed(form_of(drawn), rng, 0, told_apart)]
    while len(found) < VARIANTS and len(forms) < 4 * VARIANTS:
        made = variant(forms[-1], rng.randrange(1 << 30))
        if made is not None:
            found.append(made)
        base = rng.choice(found).form if found else forms[0]
        forms.append(changed(base, rng, rng.choice((1, 1, 2, 3)), told_apart))
    return found


def variant(form: Form, seed: int = 0) -> Variant | None:
    """Return a form parsed, or None where it is invalid, for fastavro as well, or has no finite datum."""
    try:
        made = Variant(form, seed)
        return made if finite(made.type) and made.theirs else None
    except (SchemaError, SchemaParseException, UnknownType):
        return None


@cache
def _corpus_schemas() -> list[Json]:
    """Return the small self-contained schemas of the corpora, an old and a new version of each."""
    folder = corpora.folder()
    found: dict[str, Json] = {}
    for path in sorted(folder.glob("*/history/**/*.avsc")) if folder else []:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        value = corpora.json_of(text) if len(text) < _SMALL else None
        if isinstance(value, dict) and set(references(value)) <= definitions(value).keys():
            found[str(path.parent)] = value
    return [value for value in found.values() if _parses(value)]


def _parses(value: Json) -> bool:
    try:
        return finite(parse(value))
    except SchemaError:
        return False


def _without_logical(value: Json) -> Json:
    if isinstance(value, list):
        return [_without_logical(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_logical(item) for key, item in value.items() if key != "logicalType"}


def all_types(root: model.Type) -> Iterator[model.Type]:
    """Yield every type that a root reaches, once."""
    seen: set[model.Type] = set()
    waiting = [root]
    while waiting:
        type_ = waiting.pop()
        if type_ not in seen:
            seen.add(type_)
            yield type_
            waiting.extend(model.children(type_))


def _is_ambiguous(union: model.Union) -> bool:
    families = {**dict.fromkeys(("int", "long", "float", "double"), "number"), "string": "text", "bytes": "text"}
    names: list[str] = []
    for branch in union.branches:
        aliases = {model.short_name(alias) for alias in getattr(branch, "aliases", ())}
        own = model.short_name(model.branch_name(branch))
        names += [families.get(own, own), *(aliases - {own})]
    return len(names) != len(set(names))


def _written(schema: Json, value: Any) -> bytes:
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, schema, {"value": value})
    return stream.getvalue()
