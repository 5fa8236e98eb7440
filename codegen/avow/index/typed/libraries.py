"""Libraries whose values are their own or plain data: rows, responses, settings, and never contracts.

Each has hooks by which code could have it hand out something else, such as a column's type that decodes what it
holds. Where one of them is as much as named, the library counts as one that is not known.
"""

from __future__ import annotations

import re
from typing import Final

from mypy.types import AnyType, NoneType, Type

from avow.index.typed.shapes import parts

_WRITTEN: Final = """
    aiosmtplib:
    aiosqlite:      row_factory register_adapter register_converter
    alembic:
    asyncpg:        record_class set_type_codec
    click:          meta obj pass_context pass_obj
    httpx:          extensions
    opentelemetry:  attach get_value set_value
    psycopg:        adapters args_row class_row kwargs_row register_composite row_factory
    psycopg2:       cursor_factory register_adapter register_composite register_type
    requests:
    sqlalchemy:     PickleType TypeDecorator TypeEngine UserDefinedType composite json_deserializer result_processor
    starlette:      scope session state
    uvicorn:
"""
_HOOKS: Final = {
    name.strip(): frozenset(hooks.split())
    for name, _, hooks in (line.partition(":") for line in _WRITTEN.strip().splitlines())
}
_HOOK = re.compile(rf"\b({'|'.join(sorted(frozenset().union(*_HOOKS.values())))})\b")


def hooks_in(text: str) -> frozenset[str]:
    """Return the hooks of any of the libraries that a text names."""
    return frozenset(_HOOK.findall(text))


def is_foreign(type_: Type | None, hooks: frozenset[str]) -> bool:
    """Return whether values of a type, of which nothing else is known, are such a library's.

    Args:
        type_: The type; of what comes from a library mypy knows but the name that was imported.
        hooks: Those that are named in the code around.
    """
    held = [part for part in parts(type_) if not isinstance(part, NoneType)]
    return bool(held) and all(isinstance(part, AnyType) and _is_known(part, hooks) for part in held)


def _is_known(part: AnyType, hooks: frozenset[str]) -> bool:
    imported = (part.source_any or part).missing_import_name or ""
    own = _HOOKS.get(imported.partition(".")[0])
    return own is not None and own.isdisjoint(hooks)
