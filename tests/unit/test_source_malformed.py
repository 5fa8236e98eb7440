"""What is said of text that is not JSON: the place, what was found, what to do."""

from __future__ import annotations

import pytest

from avow.load import source
from avow.report import text as report


def says(text: str) -> str:
    """Return what the text report says about a file."""
    return report.render(source.from_text(text, "a.avsc").findings)


# (what is in the file, what is said about it)
MALFORMED = {
    "empty": ("", "a.avsc:1:1: MALFORMED_JSON the file is empty\n  Write a schema, or delete the file.\n"),
    "blank": (
        " \n\n",
        "a.avsc:1:1: MALFORMED_JSON the file is empty\n  Write a schema, or delete the file.\n",
    ),
    "trailing comma in object": (
        '{"type": "int",\n}',
        "a.avsc:1:15: MALFORMED_JSON trailing comma before }\n  Remove the comma.\n",
    ),
    "trailing comma in array": (
        '["null", "int", ]',
        "a.avsc:1:15: MALFORMED_JSON trailing comma before ]\n  Remove the comma.\n",
    ),
    "doubled comma": (
        '["null",, "int"]',
        "a.avsc:1:9: MALFORMED_JSON two commas in a row\n  Remove one of them.\n",
    ),
    "leading comma": (
        '[, "int"]',
        "a.avsc:1:2: MALFORMED_JSON found , where a value should be\n  Write a value here, or remove the ,\n",
    ),
    "missing comma between entries": (
        '{\n  "type": "int"\n  "doc": ""\n}',
        'a.avsc:2:16: MALFORMED_JSON missing comma before "doc"\n  Put a comma here.\n',
    ),
    "missing comma between items": (
        "[{} {}]",
        "a.avsc:1:4: MALFORMED_JSON missing comma before {\n  Put a comma here.\n",
    ),
    "missing colon": (
        '{"type" "int"}',
        'a.avsc:1:8: MALFORMED_JSON missing colon after the key "type"\n  Put a colon here.\n',
    ),
    "equals sign": (
        '{"type" = "int"}',
        'a.avsc:1:9: MALFORMED_JSON found = after the key "type"\n  Write a colon.\n',
    ),
    "colon in an array": (
        '["a": 1]',
        (
            "a.avsc:1:5: MALFORMED_JSON found : where a comma or ] should be\n"
            "  Write a comma or ] here, or remove the :\n"
        ),
    ),
    "key without value": (
        '{"type"}',
        "a.avsc:1:8: MALFORMED_JSON found } where a colon should be\n  Write a colon here, or remove the }\n",
    ),
    "number as key": ("{1: 2}", 'a.avsc:1:2: MALFORMED_JSON key without quotes: 1\n  Write "1"\n'),
    "array as key": (
        "{[]: 2}",
        "a.avsc:1:2: MALFORMED_JSON found [ where a key should be\n  Write a key here, or remove the [\n",
    ),
    "single quotes": (
        "{'type': 'int'}",
        (
            "a.avsc:1:2: MALFORMED_JSON string in single quotes: 'type'\n  Write \"type\"\n"
            "a.avsc:1:10: MALFORMED_JSON string in single quotes: 'int'\n  Write \"int\"\n"
        ),
    ),
    "typographic quotes": (
        "[“int”]",
        'a.avsc:1:2: MALFORMED_JSON string in typographic quotes: “int”\n  Write "int"\n',
    ),
    "key without quotes": (
        '{type: "int"}',
        'a.avsc:1:2: MALFORMED_JSON key without quotes: type\n  Write "type"\n',
    ),
    "value without quotes": (
        '{"type": string}',
        'a.avsc:1:10: MALFORMED_JSON string without quotes: string\n  Write "string"\n',
    ),
    "line comments": (
        '// one\n{"type": "int"} # two\n',
        (
            "a.avsc:1:1: MALFORMED_JSON found a comment, which JSON does not have: // one\n"
            "  Remove this and every other comment; what readers should know goes into doc.\n"
        ),
    ),
    "comment that does not end": (
        '{"type": "int"} /* so',
        (
            "a.avsc:1:17: MALFORMED_JSON found a comment, which JSON does not have: /* so\n"
            "  Remove this and every other comment; what readers should know goes into doc.\n"
        ),
    ),
    "merge conflict": (
        '{\n<<<<<<< HEAD\n"type": "int"\n',
        (
            "a.avsc:2:1: MALFORMED_JSON merge conflict left in the file\n"
            "  Keep one of the two sides, and remove the lines with <<<<<<<, ======= and >>>>>>>.\n"
        ),
    ),
    "python's literals": (
        "[True, None]",
        (
            "a.avsc:1:2: MALFORMED_JSON found True, which JSON does not know\n  Write true\n"
            "a.avsc:1:8: MALFORMED_JSON found None, which JSON does not know\n  Write null\n"
        ),
    ),
    "not a number": (
        '{"default": NaN}',
        (
            "a.avsc:1:13: MALFORMED_JSON NaN is not a JSON number\n"
            "  Remove it: Avro has no way to write NaN or an infinity as a default.\n"
        ),
    ),
    "infinity": (
        "[-Infinity]",
        (
            "a.avsc:1:2: MALFORMED_JSON -Infinity is not a JSON number\n"
            "  Remove it: Avro has no way to write NaN or an infinity as a default.\n"
        ),
    ),
    "float that overflows": (
        "[1e999]",
        (
            "a.avsc:1:2: MALFORMED_JSON 1e999 is beyond the range of a double\n"
            "  Write a number between -1.7e308 and 1.7e308.\n"
        ),
    ),
    "leading zero": (
        "[01]",
        "a.avsc:1:2: MALFORMED_JSON 01 is not a JSON number\n  Write it like 12, -0.5 or 1e3\n",
    ),
    "hexadecimal": (
        "[0x1F]",
        "a.avsc:1:2: MALFORMED_JSON 0x1F is not a JSON number\n  Write it like 12, -0.5 or 1e3\n",
    ),
    "number of many digits": (
        f"[{'9' * 5000}]",
        (
            "a.avsc:1:2: MALFORMED_JSON number of 5000 characters, more than the 1000 that are read\n"
            "  Shorten it: no Avro number needs as many.\n"
        ),
    ),
    "object not closed": (
        '{\n  "type": "int"\n\n',
        (
            "a.avsc:2:16: MALFORMED_JSON the file ends before the object is closed\n"
            "  Close it with }\n  see a.avsc:1:1\n"
        ),
    ),
    "array not closed": (
        '{"fields": [',
        (
            "a.avsc:1:13: MALFORMED_JSON the file ends before the array is closed\n"
            "  Close it with ]\n  see a.avsc:1:12\n"
        ),
    ),
    "wrong bracket": (
        '{\n  "fields": [1\n}',
        (
            "a.avsc:3:1: MALFORMED_JSON found } where ] should close the array\n"
            "  Write ] here, or remove the }\n  see a.avsc:2:13\n"
        ),
    ),
    "two schemas in a file": (
        '{"type": "int"}\n{"type": "long"}',
        (
            'a.avsc:2:1: MALFORMED_JSON found {"type": "long"} after the end of the schema\n'
            "  Keep one JSON value a file; several types go into one array.\n"
        ),
    ),
    "string not closed": (
        '{"doc": "a line\nand another"}',
        (
            'a.avsc:1:9: MALFORMED_JSON string without a closing quote on its line: "a line\n'
            '  Close it with " and write a line break inside it as \\n\n'
        ),
    ),
    "tab in a string": ('["a\tb"]', "a.avsc:1:4: MALFORMED_JSON raw tab in a string\n  Write \\t\n"),
    "control character in a string": (
        '["\x01"]',
        "a.avsc:1:3: MALFORMED_JSON raw control character U+0001 in a string\n  Write \\u0001\n",
    ),
    "unknown escape": (
        r'["C:\x"]',
        "a.avsc:1:5: MALFORMED_JSON \\x is not an escape that JSON knows\n  Write \\\\ for a backslash.\n",
    ),
    "short escape": (
        r'["\u12"]',
        "a.avsc:1:3: MALFORMED_JSON \\u without four hexadecimal digits\n  Write it as in \\u00e9\n",
    ),
    "half of a surrogate pair": (
        r'["\ud83d"]',
        (
            'a.avsc:1:2: MALFORMED_JSON string with half of a surrogate pair: "\\ud83d"\n'
            "  Write both halves, or the character itself.\n"
        ),
    ),
    "several mistakes": (
        '{"a": True, "b": [1 2,],}',
        (
            "a.avsc:1:7: MALFORMED_JSON found True, which JSON does not know\n  Write true\n"
            "a.avsc:1:20: MALFORMED_JSON missing comma before 2\n  Put a comma here.\n"
            "a.avsc:1:22: MALFORMED_JSON trailing comma before ]\n  Remove the comma.\n"
            "a.avsc:1:24: MALFORMED_JSON trailing comma before }\n  Remove the comma.\n"
        ),
    ),
    "mistake behind a repeated key": (
        '{"a": 1, "a": 2,}',
        (
            'a.avsc:1:10: DUPLICATE_KEY key "a" stands twice in one object\n'
            "  Remove one of the two; readers of Avro differ in which one they take.\n  see a.avsc:1:2\n"
            "a.avsc:1:16: MALFORMED_JSON trailing comma before }\n  Remove the comma.\n"
        ),
    ),
}


@pytest.mark.parametrize(("text", "message"), MALFORMED.values(), ids=MALFORMED)
def test_malformed(text: str, message: str) -> None:
    assert says(text) == message
    found = source.from_text(text, "a.avsc")
    assert (found.parsed, found.value) == (False, None)
