"""The histories of the corpora as pairs: each version with the one before it, both ways round."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from tests.support import corpora
from tests.support.differential import Variant, variant
from tests.support.differential_forms import form_of
from tests.support.inline import whole

from avow.runtime.errors import SchemaError
from avow.runtime.parse import parse


@cache
def histories() -> dict[str, list[Variant]]:
    """Return the versions of every history, in order; those that are no valid schema are left out."""
    found: dict[str, list[Variant]] = {}
    for project in corpora.history():
        made = _variant(project)
        if made is not None:
            found.setdefault(project.name.rpartition("@")[0], []).append(made)
    return found


def _variant(project: corpora.Project) -> Variant | None:
    documents = project.documents()
    main = documents.pop(project.main, None)
    try:
        parse(whole(main, documents.values()))  # a list at the top is a union here: whatever it defines is compared
    except SchemaError:
        return None
    return variant(form_of(main, documents.values(), defaults=True))


def steps() -> Iterator[tuple[str, Variant, Variant]]:
    """Yield the name, the writer and the reader of each step."""
    for name, versions in histories().items():
        for old, new in pairwise(versions):
            yield f"{name}, new reads old", old, new
            yield f"{name}, old reads new", new, old
