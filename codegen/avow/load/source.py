"""One schema file: its JSON value, what is wrong with its text, and the place of what a finding is about."""

from __future__ import annotations

import json
import math
import re
import stat
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from avow.finding import Finding, Place
from avow.load.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS

if TYPE_CHECKING:
    from avow.load.scan import Repeat, Scan
    from avow.load.wording import Slip

_BOM = "\ufeff"
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


class Source:
    """The text of one file and the JSON value in it.

    `name` is the posix path relative to the project root, as findings print it. `value` is the JSON value;
    where an object has a key twice, the first of the two counts and the second is a finding. Where the text
    is no JSON, `parsed` is False, `value` is None and `findings` say why.
    """

    __slots__ = ("_lines", "_scan", "findings", "name", "parsed", "text", "value")

    def __init__(self, name: str, text: str, value: object = None, *, parsed: bool = False) -> None:
        self.name = name
        self.text = text
        self.value = value
        self.parsed = parsed
        self.findings: list[Finding] = []
        self._lines: list[int] = []
        self._scan: Scan | None = None

    def place(self, at: tuple[str | int, ...] = (), key: bool = False) -> Place:
        """Where the value at the JSON path `at` starts, or with `key` where its key does.

        An item of an array has no key; its value stands for it. Where the path leads to nothing (an attribute
        that is missing, say), the place is that of the deepest value on the way.
        """
        spot = self.scanned().root
        if spot is None:
            return Place(self.name, 1, 1)
        offset = spot.value
        for depth, step in enumerate(at, start=1):
            spot = (spot.inside or {}).get(step)
            if spot is None:
                break
            offset = spot.key if key and depth == len(at) else spot.value
        return self.point(offset)

    def point(self, offset: int) -> Place:
        """Return the place of the character at the 0-based `offset`; the end of the text is a place too."""
        if not self._lines:
            self._lines = [0, *(found.end() for found in re.finditer("\n", self.text))]
        line = bisect_right(self._lines, offset)
        return Place(self.name, line, offset - self._lines[line - 1] + 1)

    def scanned(self) -> Scan:
        """Offsets in the text, worked out when first asked for."""
        if self._scan is None:
            from avow.load.scan import scan  # most runs find nothing and need no scanner

            self._scan = scan(self.text)
        return self._scan


def read(path: Path, name: str) -> Source:
    """Read the file at `path`, to be called `name` in findings. Raises nothing: what fails is a finding."""
    start = Place(name, 1, 1)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for a writer
            return _unreadable(start, "not a regular file", "Move it out of the schemas.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(start, f"cannot be read: {error.strerror}")
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Source:
    """Make a source of the bytes of a file. Raises nothing: what fails is a finding."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES >> 20} MiB"
        return _unreadable(Place(name, 1, 1), message, "Split it: one contract a file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, name)
    return from_text(text, name)


def from_text(text: str, name: str) -> Source:
    """Make a source of a text. Raises nothing: what fails is a finding."""
    source = Source(name, text.removeprefix(_BOM))
    if text.startswith(_BOM):
        fix = "Save the file as UTF-8 without a byte order mark."
        source.findings.append(_error("MALFORMED_JSON", source.point(0), "byte order mark before the schema", fix))
    try:
        source.value, clean = _decode(source.text)
        source.parsed = True
    except (ValueError, RecursionError) as error:
        _explain(source, error)
    else:
        if not clean:
            _explain(source)
    return source


def _decode(text: str) -> tuple[object, bool]:
    """Decode `text`, and say whether nothing asks for a second look. Raises ValueError, RecursionError."""
    try:
        value: object = _UNIQUE_KEYS.decode(text)
    except _RepeatedKeyError:
        return _FIRST_KEYS.decode(text), False
    # C json takes half a surrogate pair, and what depth it takes depends on how deep its caller stands.
    return value, not _SURROGATE_ESCAPE.search(text) and text.count("{") + text.count("[") <= MAX_DEPTH


def _explain(source: Source, refusal: Exception | None = None) -> None:
    """Scan a text that C json refused, or took with a doubt, and add what is found."""
    from avow.load import wording

    found = source.scanned()
    slips = found.slips
    if refusal and not slips:
        # C json is stricter than the scan only where its caller left it too little stack.
        too_deep = isinstance(refusal, RecursionError)
        slips = [wording.too_deep(0, MAX_DEPTH) if too_deep else wording.Slip(0, f"not JSON: {refusal}")]
    if slips:
        source.value, source.parsed = None, False
    source.findings += [_repeat(source, repeat) for repeat in found.repeats]
    source.findings += [_slip(source, slip) for slip in slips]


def _repeat(source: Source, repeat: Repeat) -> Finding:
    from avow.load.wording import shown

    message = f'key "{shown(repeat.key)}" stands twice in one object'
    fix = "Remove one of the two; readers of Avro differ in which one they take."
    return _error("DUPLICATE_KEY", source.point(repeat.again), message, fix, source.point(repeat.first))


def _slip(source: Source, slip: Slip) -> Finding:
    related = () if slip.related is None else (source.point(slip.related),)
    return _error(slip.rule, source.point(slip.offset), slip.message, slip.fix, *related)


def _error(rule: str, place: Place, message: str, fix: str, *related: Place) -> Finding:
    return Finding(rule=rule, severity="error", place=place, message=message, fix=fix, related=related)


def _unreadable(place: Place, message: str, fix: str = "") -> Source:
    source = Source(place.file, "")
    source.findings.append(_error("UNREADABLE_FILE", place, message, fix))
    return source


def _not_utf8(data: bytes, at: int, name: str) -> Source:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unreadable(Place(name, 1, 1), "text is UTF-16", "Save the file as UTF-8.")
    before = data[:at].decode("utf-8")
    place = Source(name, before).point(len(before))
    return _unreadable(place, f"byte 0x{data[at]:02x} is not UTF-8", "Save the file as UTF-8.")


# how C json is asked: repeated keys are seen, and what JSON does not have is refused


class _RepeatedKeyError(Exception):
    """A key stands twice in one object; C json cannot say where."""


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _RepeatedKeyError
    return value


def _first_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value: dict[str, object] = {}
    for key, item in pairs:
        value.setdefault(key, item)
    return value


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if len(digits) > MAX_DIGITS or math.isinf(value):
        raise ValueError
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _decoder(hook: Callable[[list[tuple[str, object]]], dict[str, object]]) -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=hook, parse_int=_int, parse_float=_float, parse_constant=_no_constant)


_UNIQUE_KEYS = _decoder(_unique_keys)
_FIRST_KEYS = _decoder(_first_keys)
