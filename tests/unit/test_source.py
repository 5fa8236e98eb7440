"""The loader of a single file: what it takes, what it says about what it refuses, and where things stand."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avow.finding import Finding, Place
from avow.load import source
from avow.load.limits import MAX_BYTES, MAX_DEPTH, MAX_SLIPS
from avow.report import text as report

SCHEMA = """{
  "type": "record",
  "name": "Person",
  "fields": [
    {"name": "first\\u0041", "type": "string"},
    {"name": "größe", "type": ["null", "int"], "default": null}
  ]
}
"""


def says(text: str) -> str:
    """Return what the text report says about a file."""
    return report.render(source.from_text(text, "a.avsc").findings)


TAKEN = {
    "null": "null",
    "a primitive's name": '"string"',
    "a schema": SCHEMA,
    "windows line ends": SCHEMA.replace("\n", "\r\n"),
    "numbers": "[0, -1, 2.5e-3, 9223372036854775808]",
    "a whole surrogate pair": r'"\ud83d\ude00"',
    "a backslash before u": r'"\\ud83d"',
    "the deepest nesting": "[" * MAX_DEPTH + "]" * MAX_DEPTH,
    "many brackets, none deep": json.dumps([{}] * 2 * MAX_DEPTH),
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_taken(text: str) -> None:
    found = source.from_text(text, "a.avsc")
    assert (found.parsed, found.value, found.findings) == (True, json.loads(text), [])


def test_repeated_key_keeps_the_first_value() -> None:
    found = source.from_text('{\n  "a": {"b": 1, "b": 2},\n  "a": 3\n}', "a.avsc")
    fix = "Remove one of the two; readers of Avro differ in which one they take."
    assert found.findings == [
        Finding(
            rule="DUPLICATE_KEY",
            severity="error",
            place=Place("a.avsc", line, column),
            message=f'key "{key}" stands twice in one object',
            fix=fix,
            related=(Place("a.avsc", 2, first),),
        )
        for line, column, key, first in [(2, 17, "b", 9), (3, 3, "a", 3)]
    ]
    assert (found.parsed, found.value) == (True, {"a": {"b": 1}})
    assert found.place(("a", "b")) == Place("a.avsc", 2, 14)


def test_escaped_key_is_repeated_too() -> None:
    assert says(r'{"a": 1, "\u0061": 2}') == (
        'a.avsc:1:10: DUPLICATE_KEY key "a" stands twice in one object\n'
        "  Remove one of the two; readers of Avro differ in which one they take.\n  see a.avsc:1:2\n"
    )


DEEP = {
    "arrays": ("[" * 100_000, MAX_DEPTH + 1),
    "closed arrays": ("[" * 100_000 + "]" * 100_000, MAX_DEPTH + 1),
    "objects": ('{"a":' * 100_000, 5 * MAX_DEPTH + 1),
    "one too many": ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), MAX_DEPTH + 1),
}


@pytest.mark.parametrize(("text", "column"), DEEP.values(), ids=DEEP)
def test_deep_nesting(text: str, column: int) -> None:
    assert says(text) == (
        f"a.avsc:1:{column}: TOO_DEEP nested more than {MAX_DEPTH} levels deep\n"
        "  Define the inner types on their own, and refer to them by name.\n"
    )


def test_caller_that_left_little_stack() -> None:
    """Where C json gives up before our limit, that is the same finding and no RecursionError."""

    def descend(levels: int) -> str:
        return descend(levels - 1) if levels else says("[" * 700 + "]" * 700)

    depth, frame = 0, sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    room = 500
    found = descend(sys.getrecursionlimit() - depth - room)
    if sys.version_info < (3, 12):  # later versions count the depth of C apart
        assert found == (
            f"a.avsc:1:1: TOO_DEEP nested more than {MAX_DEPTH} levels deep\n"
            "  Define the inner types on their own, and refer to them by name.\n"
        )
    else:
        assert found == ""


def test_number_of_findings_is_limited() -> None:
    assert len(source.from_text("[" + "x " * 1000 + "]", "a.avsc").findings) == MAX_SLIPS
    assert len(source.from_text("{" + '"a":1,' * 1000 + '"b":2}', "a.avsc").findings) == MAX_SLIPS


PLACES = {
    "the schema": ((), False, (1, 1)),
    "a value": (("name",), False, (3, 11)),
    "a key": (("name",), True, (3, 3)),
    "an item": (("fields", 1), False, (6, 5)),
    "an item has no key": (("fields", 1), True, (6, 5)),
    "behind an escape": (("fields", 0, "type"), False, (5, 37)),
    "behind wide characters": (("fields", 1, "default"), False, (6, 59)),
    "in a union": (("fields", 1, "type", 1), False, (6, 40)),
    "a key that is missing": (("fields", 0, "default"), True, (5, 5)),
    "a path through a string": (("name", "x", 3), False, (3, 11)),
    "an item that is missing": (("fields", 7, "name"), False, (4, 13)),
}


@pytest.mark.parametrize(("at", "key", "place"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_place(at: tuple[str | int, ...], key: bool, place: tuple[int, int], line_end: str) -> None:
    found = source.from_text(SCHEMA.replace("\n", line_end), "p/a.avsc")
    assert found.place(at, key) == Place("p/a.avsc", *place)


def test_place_in_what_could_not_be_read() -> None:
    assert source.from_bytes(b"\xff", "a.avsc").place(("fields", 0)) == Place("a.avsc", 1, 1)


def test_byte_order_mark() -> None:
    found = source.from_bytes(b'\xef\xbb\xbf{"type": "int"}', "a.avsc")
    assert report.render(found.findings) == (
        "a.avsc:1:1: MALFORMED_JSON byte order mark before the schema\n"
        "  Save the file as UTF-8 without a byte order mark.\n"
    )
    assert (found.parsed, found.value) == (True, {"type": "int"})


UNREADABLE = {
    "latin-1": (
        '{\n  "doc": "é, '.encode() + b'\xe9"}',
        "a.avsc:2:14: UNREADABLE_FILE byte 0xe9 is not UTF-8\n  Save the file as UTF-8.\n",
    ),
    "utf-16": (
        '{"type": "int"}'.encode("utf-16"),
        "a.avsc:1:1: UNREADABLE_FILE text is UTF-16\n  Save the file as UTF-8.\n",
    ),
    "too large": (
        b" " * (MAX_BYTES + 1),
        "a.avsc:1:1: UNREADABLE_FILE the file is larger than 16 MiB\n  Split it: one contract a file.\n",
    ),
}


@pytest.mark.parametrize(("data", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.avsc"
    path.write_bytes(data)
    found = source.read(path, "a.avsc")
    assert report.render(found.findings) == message
    assert (found.parsed, found.value, found.text) == (False, None, "")


def test_read(tmp_path: Path) -> None:
    path = tmp_path / "Person.avsc"
    path.write_bytes(SCHEMA.encode())
    found = source.read(path, "schemas/Person.avsc")
    assert (found.name, found.text, found.value) == ("schemas/Person.avsc", SCHEMA, json.loads(SCHEMA))
    assert (found.parsed, found.findings) == (True, [])


def test_read_what_is_not_there(tmp_path: Path) -> None:
    found = source.read(tmp_path / "a.avsc", "a.avsc")
    assert report.render(found.findings) == ("a.avsc:1:1: UNREADABLE_FILE cannot be read: No such file or directory\n")


def test_read_what_is_no_file(tmp_path: Path) -> None:
    found = source.read(tmp_path, "a.avsc")
    assert report.render(found.findings) == (
        "a.avsc:1:1: UNREADABLE_FILE not a regular file\n  Move it out of the schemas.\n"
    )


def is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=lambda name: json.loads(name.lower()))
    except ValueError:
        return False
    return True


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_findings_exactly_where_python_refuses(data: st.DataObject) -> None:
    """However a schema is damaged: there are findings if, and only if, it is no JSON or has a key twice."""
    start = data.draw(st.integers(0, len(SCHEMA)))
    end = data.draw(st.integers(start, min(len(SCHEMA), start + 12)))
    put = data.draw(st.text("{}[],:\"\\n'/#*=<>aeuNtrl01.-+ \n\t\u201c\ufeff", max_size=6))
    text = SCHEMA[:start] + put + SCHEMA[end:]
    found = source.from_text(text, "a.avsc")
    assert found.parsed == is_json(text.removeprefix("\ufeff"))
    assert found.parsed or found.findings


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_every_place_is_that_of_its_value(value: object) -> None:
    text = json.dumps(value, indent=1)
    found = source.from_text(text, "a.avsc")
    lines = text.split("\n")
    for at, item in walk(value):
        place = found.place(at)
        rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        assert json.JSONDecoder().raw_decode(rest)[0] == item


def walk(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], object]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(at, value), *(found for key, item in entries for found in walk(item, (*at, key)))]
