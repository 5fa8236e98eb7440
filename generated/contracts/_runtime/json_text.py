"""JSON text to plain values: strict, and with the key that an object repeats kept for the error's path."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from .fault import Fault
from .schema import Json

MAX_DIGITS: Final = 400
"""Digits of the longest whole number that is converted exactly: conversion takes quadratic time."""


class Twice(dict[str, Json]):
    """An object that is refused where it is used, since it gives one key twice."""

    def __init__(self, pairs: list[tuple[str, Json]]) -> None:
        super().__init__(pairs)
        left = set(self)
        for key, _ in pairs:
            if key not in left:
                self.key = key
                break
            left.remove(key)


def parse_json(text: str | bytes) -> Json:
    """Return what a JSON text says; objects that repeat a key are of class Twice. Raises Fault."""
    try:
        plain = text if isinstance(text, str) else text.decode()
        return json.loads(plain, object_pairs_hook=_object, parse_int=_whole, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise Fault(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError as error:
        raise Fault(f"not UTF-8: {error.reason}", error.start) from None


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Twice(pairs)


def _whole(digits: str) -> Any:
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


def _constant(word: str) -> NoReturn:
    raise Fault(f'{word} is not JSON; write it as the string "{word}"')
