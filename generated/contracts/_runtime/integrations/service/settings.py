"""Settings: fields of a struct, each from the variable of the environment that has its name in capitals."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, TypeVar, get_type_hints

import msgspec
from msgspec import NODEFAULT, Meta, Struct

S = TypeVar("S", bound="Settings")

_NATS: Final = "nats://127.0.0.1:4222"
_WRONG: Final = 2
"""Exit code for settings that cannot be."""


class Settings(Struct, frozen=True, kw_only=True):
    """What every service is told; a service adds its own as fields, with a description each."""

    broker_url: Annotated[str, Meta(description="the broker, nats://HOST:PORT or kafka://HOST:PORT")] = _NATS
    channel_prefix: Annotated[str, Meta(description="begins each channel, where environments share a broker")] = ""
    patience: Annotated[float, Meta(ge=0, description="seconds to wait at the start for an absent broker")] = 60.0
    redeliver_after: Annotated[
        float, Meta(gt=0, description="seconds after which another instance gets what a dead one had in hand")
    ] = 30.0
    host: Annotated[str, Meta(description="address to listen on")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="port of GET /health and all else by HTTP")] = 0
    log_level: Annotated[str, Meta(pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="how much is logged")] = "INFO"


def read(kind: type[S], program: str, environment: Mapping[str, str], arguments: Sequence[str]) -> S:
    """Return settings from the environment.

    Raises SystemExit: with 0 after ``--help``, with 2 and one line where a setting cannot be.
    """
    parser = argparse.ArgumentParser(
        prog=program,
        description=textwrap.dedent(kind.__doc__ or "").strip(),
        epilog=f"settings, from the environment:\n{_table(kind)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.parse_args(arguments)
    given = {name: environment[name.upper()] for name in kind.__struct_fields__ if name.upper() in environment}
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        parser.exit(_WRONG, f"{program}: {_explained(str(error), given)}\n")


def _table(kind: type[Settings]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [(field.name.upper(), _said(hints[field.name]), field.default) for field in msgspec.structs.fields(kind)]
    width = max(len(name) for name, _, _ in rows)
    return "\n".join(
        f"  {name:{width}}  {said}{'' if default in (NODEFAULT, '') else f' (by default {default})'}"
        for name, said, default in rows
    )


def _said(hint: Any) -> str:
    found = (each.description for each in getattr(hint, "__metadata__", ()) if isinstance(each, Meta))
    return next(filter(None, found), "")


def _explained(text: str, given: Mapping[str, str]) -> str:
    """Say of which variable msgspec speaks."""
    what, _, where = text.partition(" - at `$.")
    name = re.sub(r"\W.*", "", where)
    if name in given:
        return f"{name.upper()}={given[name]}: {what}"
    missing = re.search(r"required field `(\w+)`", text)
    return f"{missing[1].upper()} is not set" if missing else text
