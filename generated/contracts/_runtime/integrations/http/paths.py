"""Where a query is asked: at the path that is the channel of its contract."""

from __future__ import annotations

from collections.abc import Mapping

from ...record import Record
from ..errors import NoChannelError


def path_of(paths: Mapping[str, str], query: type[Record]) -> str:
    """Return the path of a query. Raises NoChannelError where it has none."""
    name = getattr(query, "__avro__", repr(query))
    try:
        return f"/{paths[name]}"
    except KeyError:
        raise NoChannelError(f'{name} cannot be asked: it is no query whose "contract" has a "channel"') from None
