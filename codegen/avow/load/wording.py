"""The words for what can be wrong with a JSON text: what was found, and what to do."""

from __future__ import annotations

import msgspec

_SHOWN = 40
_LITERALS = {
    "true": "true",
    "false": "false",
    "null": "null",
    "none": "null",
    "nil": "null",
    "undefined": "null",
}
_NOT_FINITE = {"nan", "inf", "infinity"}
_CONTROLS = {
    "\t": ("tab", r"\t"),
    "\b": ("backspace", r"\b"),
    "\f": ("form feed", r"\f"),
    "\r": ("return", r"\r"),
}


class Slip(msgspec.Struct, frozen=True):
    """One mistake in a text, at an offset in characters."""

    offset: int
    message: str
    fix: str = ""
    related: int | None = None
    rule: str = "MALFORMED_JSON"


def shown(text: str) -> str:
    """Cut `text` so that it can stand in a message: on one line, and not too long."""
    line = text.split("\n", 1)[0].rstrip()
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def kind(closer: str) -> str:
    """Say what a closing bracket closes."""
    return "object" if closer == "}" else "array"


def empty() -> Slip:
    """No value in the text."""
    return Slip(0, "the file is empty", "Write a schema, or delete the file.")


def ended(offset: int, closer: str, opened: int) -> Slip:
    """The text ends inside a container."""
    message = f"the file ends before the {kind(closer)} is closed"
    return Slip(offset, message, f"Close it with {closer}", related=opened)


def wrong_closer(offset: int, found: str, closer: str, opened: int) -> Slip:
    """A bracket of the other kind."""
    message = f"found {found} where {closer} should close the {kind(closer)}"
    return Slip(offset, message, f"Write {closer} here, or remove the {found}", related=opened)


def unexpected(offset: int, found: str, wanted: str) -> Slip:
    """A character that fits nothing."""
    return Slip(offset, f"found {found} where {wanted} should be", f"Write {wanted} here, or remove the {found}")


def extra(offset: int, rest: str) -> Slip:
    """Something behind the schema."""
    message = f"found {shown(rest)} after the end of the schema"
    return Slip(offset, message, "Keep one JSON value a file; several types go into one array.")


def trailing_comma(offset: int, closer: str) -> Slip:
    """`[1,]`."""
    return Slip(offset, f"trailing comma before {closer}", "Remove the comma.")


def doubled_comma(offset: int) -> Slip:
    """`[1,,2]`."""
    return Slip(offset, "two commas in a row", "Remove one of them.")


def missing_comma(offset: int, found: str) -> Slip:
    """`[1 2]`."""
    return Slip(offset, f"missing comma before {shown(found)}", "Put a comma here.")


def missing_colon(offset: int, key: str) -> Slip:
    """`{"a" 1}`."""
    return Slip(offset, f'missing colon after the key "{shown(key)}"', "Put a colon here.")


def equals_sign(offset: int, key: str) -> Slip:
    """`{"a" = 1}`."""
    return Slip(offset, f'found = after the key "{shown(key)}"', "Write a colon.")


def comment(offset: int, text: str) -> Slip:
    """`// so`, `# so` or `/* so */`."""
    fix = "Remove this and every other comment; what readers should know goes into doc."
    return Slip(offset, f"found a comment, which JSON does not have: {shown(text)}", fix)


def conflict(offset: int) -> Slip:
    """What git leaves of a merge."""
    fix = "Keep one of the two sides, and remove the lines with <<<<<<<, ======= and >>>>>>>."
    return Slip(offset, "merge conflict left in the file", fix)


def foreign_quotes(offset: int, quoted: str) -> Slip:
    """`'a'`, or what a word processor makes of quotes."""
    style = "single" if quoted[0] == "'" else "typographic"
    fix = f'Write "{quoted[1:-1]}"' if len(quoted) <= _SHOWN else 'Put it in double quotes: "'
    return Slip(offset, f"string in {style} quotes: {shown(quoted)}", fix)


def unclosed(offset: int, text: str) -> Slip:
    """A string that goes on behind its line."""
    message = f"string without a closing quote on its line: {shown(text)}"
    return Slip(offset, message, r'Close it with " and write a line break inside it as \n')


def control(offset: int, char: str) -> Slip:
    """A character below U+0020 in a string."""
    name, escape = _CONTROLS.get(char, (f"control character U+{ord(char):04X}", f"\\u{ord(char):04x}"))
    return Slip(offset, f"raw {name} in a string", f"Write {escape}")


def bad_escape(offset: int, escape: str) -> Slip:
    r"""`\x`, or `\u12`."""
    if escape == "\\u":
        return Slip(offset, r"\u without four hexadecimal digits", r"Write it as in \u00e9")
    return Slip(offset, f"{escape} is not an escape that JSON knows", r"Write \\ for a backslash.")


def half_pair(offset: int, token: str) -> Slip:
    r"""`\ud83d` without its `\ude00`: no character, and not to be written as UTF-8."""
    message = f"string with half of a surrogate pair: {shown(token)}"
    return Slip(offset, message, "Write both halves, or the character itself.")


def too_deep(offset: int, limit: int) -> Slip:
    """More brackets in brackets than are read."""
    fix = "Define the inner types on their own, and refer to them by name."
    return Slip(offset, f"nested more than {limit} levels deep", fix, rule="TOO_DEEP")


def key_without_quotes(offset: int, word: str) -> Slip:
    """`{a: 1}`."""
    return Slip(offset, f"key without quotes: {shown(word)}", f'Write "{shown(word)}"')


def bad_word(offset: int, word: str) -> Slip:
    """For a value that is neither a string nor a container, and no number or literal of JSON either."""
    bare = word.lower()
    if bare in _LITERALS:
        return Slip(offset, f"found {word}, which JSON does not know", f"Write {_LITERALS[bare]}")
    if bare.lstrip("+-") in _NOT_FINITE:
        fix = "Remove it: Avro has no way to write NaN or an infinity as a default."
        return Slip(offset, f"{word} is not a JSON number", fix)
    if bare[0] in "+-.0123456789":
        return Slip(offset, f"{shown(word)} is not a JSON number", "Write it like 12, -0.5 or 1e3")
    return Slip(offset, f"string without quotes: {shown(word)}", f'Write "{shown(word)}"')


def long_number(offset: int, digits: int, limit: int) -> Slip:
    """More digits than are read."""
    message = f"number of {digits} characters, more than the {limit} that are read"
    return Slip(offset, message, "Shorten it: no Avro number needs as many.")


def huge_number(offset: int, word: str) -> Slip:
    """`1e999`."""
    message = f"{shown(word)} is beyond the range of a double"
    return Slip(offset, message, "Write a number between -1.7e308 and 1.7e308.")
