"""Which logical type fits which type: a row for each, from the specification's section "Logical Types"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from .schema import Json, Logical

ALWAYS: Final[dict[str, tuple[str, ...]]] = {
    "uuid": ("string",),
    "date": ("int",),
    "time-millis": ("int",),
    "time-micros": ("long",),
    "timestamp-millis": ("long",),
    "timestamp-micros": ("long",),
    "timestamp-nanos": ("long",),
    "local-timestamp-millis": ("long",),
    "local-timestamp-micros": ("long",),
    "local-timestamp-nanos": ("long",),
    "big-decimal": ("bytes",),
}
FIXED_SIZES: Final = {"uuid": 16, "duration": 12}
KNOWN: Final = frozenset({*ALWAYS, *FIXED_SIZES, "decimal"})


def logical_of(kind: str, size: int, attributes: dict[str, Json]) -> Logical | None:
    """Return the logical type that a definition's attributes name, or None where it has none that fits.

    One that does not fit, or is unknown, is ignored, as the specification demands: the value is then
    read as the underlying type. ``size`` is that of a fixed.
    """
    name = attributes.get("logicalType")
    if not isinstance(name, str) or misfit(kind, size, attributes) is not None:
        return None
    if name == "decimal":
        return Logical(name, attributes["precision"], attributes.get("scale", 0))
    return Logical(name)


def misfit(kind: str, size: int, attributes: dict[str, Json]) -> str | None:
    """Return why the logical type named by ``attributes`` does not fit, or None where it does."""
    name = attributes.get("logicalType")
    if not isinstance(name, str):
        return "a logicalType is a string"
    if name not in KNOWN:
        return f'"{name}" is not a logical type of Avro 1.12'
    if name == "decimal":
        return _decimal_misfit(kind, size, attributes)
    if kind == "fixed":
        wanted = FIXED_SIZES.get(name)
        if wanted is None:
            return f"{name} stands on {' or '.join(ALWAYS[name])}, not on fixed"
        return None if size == wanted else f"{name} needs a fixed of {wanted} bytes, not {size}"
    if kind in ALWAYS.get(name, ()):
        return None
    wanted_kinds = [*ALWAYS.get(name, ()), *([f"fixed({FIXED_SIZES[name]})"] if name in FIXED_SIZES else [])]
    return f"{name} stands on {' or '.join(wanted_kinds)}, not on {kind}"


def _decimal_misfit(kind: str, size: int, attributes: dict[str, Json]) -> str | None:
    precision: Any = attributes.get("precision")
    scale: Any = attributes.get("scale", 0)
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: kind in ("bytes", "fixed"), f"decimal stands on bytes or fixed, not on {kind}"),
        (lambda: precision is not None, "decimal needs a precision"),
        (
            lambda: _is_int(precision) and precision > 0,
            f"precision {precision!r} is not a whole number above 0",
        ),
        (lambda: _is_int(scale) and scale >= 0, f"scale {scale!r} is not a whole number from 0"),
        (lambda: scale <= precision, f"scale {scale} is greater than precision {precision}"),
        (
            lambda: kind != "fixed" or precision <= max_precision(size),
            f"{size} bytes hold {max_precision(size)} digits, not {precision}",
        ),
    )
    return next((reason for holds, reason in checks if not holds()), None)


def _is_int(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def max_precision(size: int) -> int:
    """Return how many decimal digits any two's-complement number of ``size`` bytes can hold."""
    if size <= 0:
        return 0
    if size > 512:  # log10(2) to 20 digits is exact enough here, and no huge number is built
        return (8 * size - 1) * 30102999566398119521 // 10**20
    return len(str(2 ** (8 * size - 1) - 1)) - 1
