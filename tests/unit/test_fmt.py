from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avow.errors import AvowError
from avow.finding import Finding, Place
from avow.fmt import format_text
from avow.fmt.files import replace, select
from avow.fmt.run import Result, run

RECORD = """
{"fields":[{"default":{"b":1.0,"a":1e3},"type":{"fields":[],"name":"B","type":"record"},"name":"b","x":{"z":1,"y":2}},
 {"doc":"First.","name":"a","order":"ignore","aliases":["c"],"type":["null","string"],"default":null}],
 "contract":{"owner":"x","kind":"event"},"note":1,"doc":"D","namespace":"n","name":"A","type":"record"}
"""
RECORD_FORMATTED = """\
{
  "type": "record",
  "name": "A",
  "namespace": "n",
  "doc": "D",
  "contract": {"owner": "x", "kind": "event"},
  "note": 1,
  "fields": [
    {
      "name": "b",
      "type": {
        "type": "record",
        "name": "B",
        "fields": []
      },
      "default": {"b": 1.0, "a": 1e3},
      "x": {"z": 1, "y": 2}
    },
    {
      "name": "a",
      "type": ["null", "string"],
      "default": null,
      "aliases": ["c"],
      "doc": "First.",
      "order": "ignore"
    }
  ]
}
"""


def test_keys_come_in_the_order_of_the_specification() -> None:
    # 100 columns hold the second field on one line, so its keys alone make it long enough to be broken.
    text = RECORD.replace('"First."', json.dumps("First." + "." * 40))
    assert format_text(text).replace("." * 40, "") == RECORD_FORMATTED


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ('"string"', '"string"\n'),
        ("[]", "[]\n"),
        ("{}", "{}\n"),
        ('["null",{"items":"int","type":"array"}]', '[\n  "null",\n  {"type": "array", "items": "int"}\n]\n'),
        (
            '{"precision":9,"type":"bytes","scale":2,"logicalType":"decimal"}',
            '{\n  "type": "bytes",\n  "logicalType": "decimal",\n  "precision": 9,\n  "scale": 2\n}\n',
        ),
        (
            '{"default":"B","symbols":["A","B"],"x":0,"name":"E","type":"enum","size":1}',
            '{\n  "type": "enum",\n  "name": "E",\n  "size": 1,\n  "x": 0,\n'
            '  "symbols": ["A", "B"],\n  "default": "B"\n}\n',
        ),
        # Numbers keep their spelling, also where no float and no machine word holds them.
        ("[1.0, 1e3, 1E+3, -0, -0.0, 0.10, 123456789012345678901234567890]", None),
        ("[1e999, true, false, null]", None),
        # What can be seen is written out, what cannot stays an escape; meaning stays.
        ('["\\u00e9 \\/ \\u0041"]', '[\n  "é / A"\n]\n'),
        ('["\\u202e\\u2028\\u0000\\ud800\\n\\"\\\\"]', '[\n  "\\u202e\\u2028\\u0000\\ud800\\n\\"\\\\"\n]\n'),
        ('["\\ud83d\\ude00"]', '[\n  "😀"\n]\n'),
        # Keys of a default that look like Avro's own are data.
        (
            '{"type":"record","name":"A","fields":[{"name":"f","type":"A","default":{"type":1,"name":2,"fields":[]}}]}',
            '{\n  "type": "record",\n  "name": "A",\n  "fields": [\n    {"name": "f", "type": "A", '
            '"default": {"type": 1, "name": 2, "fields": []}}\n  ]\n}\n',
        ),
        # A key that stands twice keeps both its values, in their order.
        ('{"name":1,"type":"a","type":"b"}', '{\n  "type": "a",\n  "type": "b",\n  "name": 1\n}\n'),
    ],
)
def test_layout(text: str, formatted: str | None) -> None:
    expected = formatted or "[\n" + "".join(f"  {item},\n" for item in text[1:-1].split(", "))[:-2] + "\n]\n"
    assert format_text(text) == expected


def test_a_line_holds_100_columns() -> None:
    def lines(size: int) -> list[str]:
        return format_text(json.dumps({"x": ["a" * size, "b"], "y": 1})).splitlines()

    # Two spaces, the key, the items, and the comma after them.
    assert [len(lines(size)[1]) for size in (82, 83)] == [99, 100]
    assert lines(84)[1:5] == ['  "x": [', f'    "{"a" * 84}",', '    "b"', "  ],"]


@pytest.mark.parametrize("text", ["", "{", "[1,]", "NaN", "[Infinity]", "{'a': 1}", "[" * 5000 + "]" * 5000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        format_text(text)


_NAMES = st.sampled_from(
    [
        "type",
        "name",
        "namespace",
        "doc",
        "fields",
        "items",
        "symbols",
        "default",
        "contract",
        "order",
        "x",
        "y",
    ]
)
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from([10**400, -0.0, math.inf])
)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_NAMES | st.text(), inner, max_size=6),
    max_leaves=40,
)


def _spelt(text: str) -> object:
    return json.loads(text, parse_int=lambda n: ("number", n), parse_float=lambda n: ("number", n))


@given(_JSON, st.booleans(), st.sampled_from([None, 1]))
def test_formatting_keeps_the_value_and_is_stable(value: object, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent).replace("Infinity", "1e999")
    formatted = format_text(text)
    assert _spelt(formatted) == _spelt(text)
    assert format_text(formatted) == formatted


def _write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / f"{name}.avsc").write_text(text, encoding="utf-8")
    return root


def test_a_malformed_file_is_reported_and_hides_no_other(tmp_path: Path) -> None:
    _write(tmp_path, a='{"type":}', b='"int"', c='["null","int"]')
    assert run(tmp_path, [Path()], None) == Result(
        files=3,
        changed=("b.avsc", "c.avsc"),
        findings=(
            Finding(
                rule="MALFORMED_JSON",
                severity="error",
                place=Place("a.avsc", 1, 9),
                message="found } where a value should be",
                fix="Write a value here, or remove the }",
            ),
        ),
    )
    assert (tmp_path / "c.avsc").read_text() == '[\n  "null",\n  "int"\n]\n'
    assert (tmp_path / "a.avsc").read_text() == '{"type":}'


def test_check_writes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, b='"int"')
    assert run(tmp_path, [Path("b.avsc")], None, check=True).changed == ("b.avsc",)
    assert (tmp_path / "b.avsc").read_text() == '"int"'


def test_hidden_folders_and_other_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a/b.avsc", "a/b.json", ".git/c.avsc", "d.avsc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert select([tmp_path, tmp_path / "a"], None) == [tmp_path / "a/b.avsc", tmp_path / "d.avsc"]


def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AvowError) as caught:
        select([Path("nowhere.avsc")], None)
    assert str(caught.value) == "nowhere.avsc: there is no such file or folder"


def test_replacing_keeps_mode_and_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real.avsc", tmp_path / "link.avsc"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    replace(link, "new")
    assert (real.read_text(), real.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.avsc", "real.avsc"]


def test_a_replacement_that_fails_leaves_the_old_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a.avsc").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        replace(tmp_path / "a.avsc", "\ud800")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
