"""What the package brings for a library that `[tool.avow] integrations` names, and how its contracts travel.

The code is ordinary source below ``runtime/integrations``, copied as the runtime is. What users import are small
modules in ``integrations`` of the generated package, which bind that code to the package's contracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from avow.generate.facts import Travel
from avow.generate.spelling import fields
from avow.runtime.schema import Json, Named, Record, Type, Union

SOURCE: Final = Path(__file__).parent.parent / "runtime/integrations"

FACADES: Final[dict[str, tuple[str, ...]]] = {
    "faststream": ("__init__", "__main__"),
    "http": ("__init__",),
    "outbox": ("__init__",),
    "service": ("__init__",),
}
"""Modules that are rendered for an integration."""

_API: Final = ("opentelemetry-api>=1.30,<2",)

EXTRAS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "faststream": {
        "faststream": ("faststream[nats]>=0.7.8,<0.8",),
        "faststream-kafka": ("faststream[confluent]>=0.7.8,<0.8",),
        "tracing": _API,
    },
    "http": {
        "http": ("httpx2>=2.10,<3", "starlette>=1,<2", "uvicorn>=0.40,<1"),
        "tracing": _API,
    },
    "outbox": {
        "outbox": ("SQLAlchemy>=2.0.40,<2.2",),
        "outbox-postgresql": ("psycopg[binary]>=3.2,<4",),
        "tracing": _API,
    },
    "service": {
        "tracing": _API,
        "tracing-otlp": ("opentelemetry-exporter-otlp-proto-http>=1.30,<2", "opentelemetry-sdk>=1.30,<2"),
    },
}
"""Extras of the generated distribution: what has to be installed to use an integration."""

_SENT: Final = ("event", "command", "answer", "snapshot")
"""Kinds of contracts that travel through a broker; the others are asked or handed over."""

_SECONDS: Final = {"Y": 365 * 86400, "W": 7 * 86400, "D": 86400, "H": 3600, "S": 1}


def sources(names: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files that integrations are made of, by path below ``runtime``."""
    if names:
        for folder in (SOURCE, *(SOURCE / name for name in sorted(names))):
            yield from ((path.relative_to(SOURCE.parent).as_posix(), path) for path in sorted(folder.glob("*.py")))


def extras(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the extras that a choice of integrations needs, each with its requirements as they stand in a list."""
    needs = {extra: need for name in names for extra, need in EXTRAS[name].items()}
    return [(extra, ", ".join(f'"{each}"' for each in need)) for extra, need in sorted(needs.items())]


def travel(type_: Named) -> Travel | None:
    """Return how a contract travels; None for a type that is none, or that goes through no channel."""
    contract = type_.props.get("contract") if isinstance(type_, Record) else None
    if not isinstance(contract, dict) or "channel" not in contract:
        return None
    if contract["kind"] == "query":
        return Travel(contract["channel"], [], 1, 0, is_query=True)
    if contract["kind"] not in _SENT:
        return None
    key = attributes(type_, contract["key"].split(".")) if "key" in contract else []
    return Travel(contract["channel"], key, contract.get("partitions", 1), seconds(contract.get("retention", "")))


def travels(units: Mapping[str, Named]) -> dict[str, Travel]:
    """Return how each contract among some types travels, by full name."""
    found = {name: travel(type_) for name, type_ in units.items()}
    return {name: row for name, row in found.items() if row is not None}


def attributes(type_: Type, path: Sequence[str]) -> list[str]:
    """Return the Python attributes along a path of field names; the lint sees to it that there is such a path."""
    found = []
    for name in path:
        record = _record(type_)
        if record is None:
            return []
        found.append(fields(field.name for field in record.fields).get(name, name))
        type_ = next((field.type for field in record.fields if field.name == name), type_)
    return found


def _record(type_: Type) -> Record | None:
    branches = type_.branches if isinstance(type_, Union) else [type_]
    return next((branch for branch in branches if isinstance(branch, Record)), None)


def seconds(duration: Json) -> int:
    """Return the length of an ISO 8601 duration, a year as 365 and a month as 30 days; 0 for none: for ever."""
    date, _, time = str(duration).removeprefix("P").partition("T")
    found = sum(int(count) * _SECONDS.get(unit, 30 * 86400) for count, unit in re.findall(r"(\d+)([YMWD])", date))
    return found + sum(int(count) * _SECONDS.get(unit, 60) for count, unit in re.findall(r"(\d+)([HMS])", time))


def channel_rows(rows: Mapping[str, Travel]) -> list[str]:
    """Return the table of the contracts as source, a line each."""
    return [
        f'"{name}": ("{row.channel}", {_tuple(row.key)}, {row.partitions}, {row.retention})'
        for name, row in sorted(rows.items())
        if not row.is_query
    ]


def query_rows(rows: Mapping[str, Travel]) -> list[str]:
    """Return the table of the queries as source, a line each."""
    return [f'"{name}": "{row.channel}"' for name, row in sorted(rows.items()) if row.is_query]


def _tuple(names: Sequence[str]) -> str:
    inside = ", ".join(f'"{name}"' for name in names)
    return f"({inside},)" if len(names) == 1 else f"({inside})"
