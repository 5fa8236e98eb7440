"""Offsets of everything in a JSON text, and what is wrong with a text that is not JSON.

C `json` is several times faster and tells neither, so a text comes here only after it has been refused, or
when a finding needs a place. The scanner keeps its own stack: no depth of nesting ends in a RecursionError.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable

import msgspec

from avow.load import wording
from avow.load.limits import MAX_DEPTH, MAX_DIGITS, MAX_SLIPS
from avow.load.wording import Slip

_BLANK = re.compile(r"[ \t\n\r]*+")
_COMMENT = re.compile(r"//[^\n]*+|#[^\n]*+|/\*.*?(?:\*/|\Z)", re.DOTALL)
_CONFLICT = re.compile(r"(?:<<<<<<<|=======|>>>>>>>)(?: |\r?$)", re.MULTILINE)
_STRING = re.compile(r'"((?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"')
_GOOD_PART = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_LOOSE_STRING = re.compile(r'"((?:[^"\\\n]++|\\.)*+)"')
_FOREIGN_STRING = re.compile(r"'(?:[^'\\\n]++|\\.)*+'|[\u201c\u201d\u201e][^\u201c\u201d\n]*+[\u201c\u201d]")
_WORD = re.compile(r"""[^\s,:=\[\]{}"']++""")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Spot(msgspec.Struct, eq=False):
    """Where a value starts, where its key does (of an item: where the value does), and what is inside."""

    value: int
    key: int
    inside: dict[str | int, Spot] | None = None


class Repeat(msgspec.Struct, frozen=True):
    """A key that stands twice in one object."""

    key: str
    first: int
    again: int


class Scan(msgspec.Struct, eq=False):
    """What one pass over a text has found; offsets are in characters."""

    root: Spot | None
    """None where the text has no value at all."""
    repeats: list[Repeat]
    slips: list[Slip]
    """In the order of the text. After a slip that has an evident reading, the scan goes on."""


def scan(text: str) -> Scan:
    """Scan `text` (without byte order mark). Raises nothing; time and memory are linear in its length."""
    return _Scanner(text).run()


class _Open(msgspec.Struct, eq=False):
    """A container that is not closed yet, with the key that waits for its value."""

    closer: str
    offset: int
    inside: dict[str | int, Spot]
    key: str = ""
    key_offset: int = 0


class _Scanner:
    """A state machine: each step reads one token and names the next step, or None to stop."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.end = 0  # behind the last token; where a missing comma belongs
        self.open: list[_Open] = []
        self.root: Spot | None = None
        self.repeats: list[Repeat] = []
        self.slips: list[Slip] = []
        self.commented = False
        self.step: Callable[[], None] | None = self.value

    def run(self) -> Scan:
        while self.step is not None and len(self.slips) < MAX_SLIPS:
            self.skip()
            self.step()
        return Scan(self.root, self.repeats, self.slips[:MAX_SLIPS])

    # what stands between tokens

    def skip(self) -> None:
        self.skip_blank()
        while comment := _COMMENT.match(self.text, self.pos):
            if not self.commented:
                self.slips.append(wording.comment(self.pos, comment.group()))
            self.commented = True
            self.pos = comment.end()
            self.skip_blank()
        if _CONFLICT.match(self.text, self.pos) and self.text[self.pos - 1 : self.pos] in ("", "\n"):
            self.slips.append(wording.conflict(self.pos))
            self.step = self.stop

    def skip_blank(self) -> None:
        if blank := _BLANK.match(self.text, self.pos):
            self.pos = blank.end()

    # small moves

    def peek(self) -> str:
        """Return the next character, or an empty string at the end of the text."""
        return self.text[self.pos : self.pos + 1]

    def take(self, upto: int, step: Callable[[], None]) -> None:
        self.pos = self.end = upto
        self.step = step

    def stop(self, slip: Slip | None = None) -> None:
        if slip is not None:
            self.slips.append(slip)
        self.step = None

    def lost(self, wanted: str) -> None:
        """Stop at a character that fits nothing."""
        char = self.peek()
        if char == "":
            self.stop(self.ended())
        elif char in "]}" and self.open and char != self.open[-1].closer:
            top = self.open[-1]
            self.stop(wording.wrong_closer(self.pos, char, top.closer, top.offset))
        else:
            word = _WORD.match(self.text, self.pos)
            found = wording.shown(word.group()) if word else char
            self.stop(wording.unexpected(self.pos, found, wanted))

    def ended(self) -> Slip:
        if not self.open:
            return wording.empty()
        return wording.ended(self.end, self.open[-1].closer, self.open[-1].offset)

    def attach(self) -> Spot:
        """Note that a value starts here. Of a repeated key the first value stays."""
        spot = Spot(self.pos, self.pos)
        if not self.open:
            self.root = spot
            return spot
        parent = self.open[-1]
        if parent.closer == "}":
            spot.key = parent.key_offset
            parent.inside.setdefault(parent.key, spot)
        else:
            parent.inside[len(parent.inside)] = spot
        return spot

    # steps

    def value(self) -> None:
        char = self.peek()
        if char in ("{", "["):
            self.enter("}" if char == "{" else "]")
        elif char == '"':
            self.attach()
            self.string(self.after)
        elif foreign := _FOREIGN_STRING.match(self.text, self.pos):
            self.attach()
            self.slips.append(wording.foreign_quotes(self.pos, foreign.group()))
            self.take(foreign.end(), self.after)
        elif word := _WORD.match(self.text, self.pos):
            self.attach()
            self.word(word.group())
        else:
            self.lost("a value")

    def enter(self, closer: str) -> None:
        if len(self.open) >= MAX_DEPTH:
            return self.stop(wording.too_deep(self.pos, MAX_DEPTH))
        inside: dict[str | int, Spot] = {}
        self.attach().inside = inside
        self.open.append(_Open(closer, self.pos, inside))
        return self.take(self.pos + 1, self.first)

    def first(self) -> None:
        """Behind an opening bracket."""
        if self.peek() == self.open[-1].closer:
            self.leave()
        else:
            self.entry()

    def entry(self) -> None:
        if self.open[-1].closer == "}":
            self.key()
        else:
            self.value()

    def leave(self) -> None:
        self.open.pop()
        self.take(self.pos + 1, self.after)

    def after(self) -> None:
        """Behind a value."""
        char = self.peek()
        if not self.open:
            self.stop(wording.extra(self.pos, self.text[self.pos :]) if char else None)
        elif char == ",":
            self.take(self.pos + 1, self.more)
        elif char == self.open[-1].closer:
            self.leave()
        elif char and char not in ":=]}":
            token = _LOOSE_STRING.match(self.text, self.pos) or _WORD.match(self.text, self.pos)
            self.slips.append(wording.missing_comma(self.end, token.group() if token else char))
            self.entry()
        else:
            self.lost(f"a comma or {self.open[-1].closer}")

    def more(self) -> None:
        """Behind a comma."""
        char = self.peek()
        if char == self.open[-1].closer:
            self.slips.append(wording.trailing_comma(self.end - 1, char))
            self.leave()
        elif char == ",":
            self.slips.append(wording.doubled_comma(self.pos))
            self.take(self.pos + 1, self.more)
        else:
            self.entry()

    def key(self) -> None:
        parent, parent.key_offset = self.open[-1], self.pos
        if self.peek() == '"':
            parent.key = self.string(self.colon)
        elif foreign := _FOREIGN_STRING.match(self.text, self.pos):
            self.slips.append(wording.foreign_quotes(self.pos, foreign.group()))
            parent.key = foreign.group()[1:-1]
            self.take(foreign.end(), self.colon)
        elif word := _WORD.match(self.text, self.pos):
            self.slips.append(wording.key_without_quotes(self.pos, word.group()))
            parent.key = word.group()
            self.take(word.end(), self.colon)
        else:
            return self.lost("a key")
        known = parent.inside.get(parent.key)
        if known and len(self.repeats) < MAX_SLIPS:
            self.repeats.append(Repeat(parent.key, known.key, parent.key_offset))
        return None

    def colon(self) -> None:
        char = self.peek()
        if char == ":":
            return self.take(self.pos + 1, self.value)
        if char == "=":
            self.slips.append(wording.equals_sign(self.pos, self.open[-1].key))
            return self.take(self.pos + 1, self.value)
        if char in (",", "}", "]", ""):
            return self.lost("a colon")
        self.slips.append(wording.missing_colon(self.end, self.open[-1].key))
        return self.value()

    # strings, numbers, literals

    def string(self, then: Callable[[], None]) -> str:
        """Read the string that starts here, say what is wrong with it, and return its text."""
        good = _STRING.match(self.text, self.pos)
        if good is None:
            return self.bad_string(then)
        start = self.pos
        self.take(good.end(), then)
        body: str = good.group(1)
        if "\\" not in body:
            return body
        body = json.loads(good.group())
        if _SURROGATE.search(body):
            self.slips.append(wording.half_pair(start, good.group()))
        return body

    def bad_string(self, then: Callable[[], None]) -> str:
        good = _GOOD_PART.match(self.text, self.pos)
        at = good.end() if good else self.pos
        char, rest = self.text[at : at + 1], _LOOSE_STRING.match(self.text, self.pos)
        if char in ("", "\n", "\r") or rest is None:
            line = self.text[self.pos :].split("\n", 1)[0]
            self.stop(wording.unclosed(self.pos, line))
            return ""
        escape = self.text[at : at + 2]
        self.slips.append(wording.bad_escape(at, escape) if char == "\\" else wording.control(at, char))
        self.take(rest.end(), then)
        return rest.group(1)

    def word(self, word: str) -> None:
        if word not in ("true", "false", "null") and (slip := _number_slip(self.pos, word)):
            self.slips.append(slip)
        self.take(self.pos + len(word), self.after)


def _number_slip(offset: int, word: str) -> Slip | None:
    if not _NUMBER.fullmatch(word):
        return wording.bad_word(offset, word)
    if len(word) > MAX_DIGITS:
        return wording.long_number(offset, len(word), MAX_DIGITS)
    if any(char in word for char in ".eE") and math.isinf(float(word)):
        return wording.huge_number(offset, word)
    return None
