"""When the last message of a version is gone, as far as its contract says how long messages are kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

from avow.frozen import History, Version

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W|(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?)"
)
_DAYS = {"years": 366, "months": 31, "weeks": 7, "days": 1}
"""The most days that each unit can have: a message is gone no later."""


def over(history: History, version: Version) -> date | None:
    """Return the day from which nothing of a version is kept any more.

    That is its contract's retention, counted from the release of the version that followed it. None where the
    contract says nothing, or where no version followed.
    """
    after = next((each for each in history.versions if each.number > version.number), None)
    said = version.contract.get("retention") if isinstance(version.contract, dict) else None
    days = _days(said) if isinstance(said, str) else None
    if after is None or days is None:
        return None
    try:
        return after.released + timedelta(days=days)
    except OverflowError:
        return date.max


def _days(text: str) -> int | None:
    """Return how many days an ISO 8601 duration has at most; a part of a day counts as one."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    parts = {unit: int(count) for unit, count in match.groupdict().items() if count}
    whole = sum(count * _DAYS[unit] for unit, count in parts.items() if unit in _DAYS)
    return whole + any(unit not in _DAYS for unit in parts)
