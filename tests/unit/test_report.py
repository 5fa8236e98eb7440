"""The formats: what each makes of the same findings, of none, and of text that means harm."""

from __future__ import annotations

import json
import unicodedata
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from avow.finding import Change, Finding, Place
from avow.report import FORMATS, summary
from avow.rules import ALL

CONFLICT = Finding(
    rule="CONFLICTING_DEFINITION",
    severity="error",
    place=Place("schemas/customers/Address.avsc", 3, 11),
    message='"shared.Address" is defined in two ways',
    fix="Make the two equal, or rename one of them.",
    related=(Place("schemas/shared/Address.avsc", 1, 1),),
)
NO_DOC = Finding(
    rule="MISSING_DOC",
    severity="warning",
    place=Place("schemas/customers/Address.avsc", 3, 3),
    message="the field street has no doc",
)
HOSTILE = Finding(
    rule="BAD_NAME",
    severity="error",
    place=Place("schemas/100%, a:b/<x>.avsc", 2, 5),
    message="\"]]><a b='c'>&\r\n::error::\x1b[31m{0} [x](y)\u202e\x00\ud800\" is no name",
    fix="Respell\nit.",
)
FOUND = [HOSTILE, CONFLICT, NO_DOC, CONFLICT]  # neither in order nor each once

TEXT = """\
schemas/100%, a:b/<x>.avsc:2:5: BAD_NAME "]]><a b='c'>& ::error::[31m{0} [x](y)\ufffd" is no name
  Respell it.
schemas/customers/Address.avsc:3:3: MISSING_DOC the field street has no doc
schemas/customers/Address.avsc:3:11: CONFLICTING_DEFINITION "shared.Address" is defined in two ways
  Make the two equal, or rename one of them.
  see schemas/shared/Address.avsc:1:1
"""

JSON_LINES = """\
{"rule":"BAD_NAME","severity":"error",\
"place":{"file":"schemas/100%, a:b/<x>.avsc","line":2,"column":5},\
"message":"\\"]]><a b='c'>& ::error::[31m{0} [x](y)\ufffd\\" is no name","fix":"Respell it.","related":[]}
{"rule":"MISSING_DOC","severity":"warning",\
"place":{"file":"schemas/customers/Address.avsc","line":3,"column":3},\
"message":"the field street has no doc","fix":"","related":[]}
{"rule":"CONFLICTING_DEFINITION","severity":"error",\
"place":{"file":"schemas/customers/Address.avsc","line":3,"column":11},\
"message":"\\"shared.Address\\" is defined in two ways","fix":"Make the two equal, or rename one of them.",\
"related":[{"file":"schemas/shared/Address.avsc","line":1,"column":1}]}
"""

GITHUB = """\
::error file=schemas/100%25%2C a%3Ab/<x>.avsc,line=2,col=5,title=BAD_NAME::\
BAD_NAME "]]><a b='c'>& ::error::[31m{0} [x](y)\ufffd" is no name%0ARespell it.
::warning file=schemas/customers/Address.avsc,line=3,col=3,title=MISSING_DOC::\
MISSING_DOC the field street has no doc
::error file=schemas/customers/Address.avsc,line=3,col=11,title=CONFLICTING_DEFINITION::\
CONFLICTING_DEFINITION "shared.Address" is defined in two ways\
%0AMake the two equal, or rename one of them.%0Asee schemas/shared/Address.avsc:1:1
"""

GITLAB = """\
[
  {
    "description": "\\"]]><a b='c'>& ::error::[31m{0} [x](y)\ufffd\\" is no name. Respell it.",
    "check_name": "BAD_NAME",
    "fingerprint": "b3f92689e4e4ce33bf4fc5f914dac211",
    "severity": "major",
    "location": {
      "path": "schemas/100%, a:b/<x>.avsc",
      "lines": {
        "begin": 2
      }
    }
  },
  {
    "description": "the field street has no doc",
    "check_name": "MISSING_DOC",
    "fingerprint": "c59405b36a3d6e6469b3eed7f3ede9c9",
    "severity": "minor",
    "location": {
      "path": "schemas/customers/Address.avsc",
      "lines": {
        "begin": 3
      }
    }
  },
  {
    "description": "\\"shared.Address\\" is defined in two ways. Make the two equal, or rename one of them.",
    "check_name": "CONFLICTING_DEFINITION",
    "fingerprint": "08cac9726aa279ea2737bf62912b3cd0",
    "severity": "major",
    "location": {
      "path": "schemas/customers/Address.avsc",
      "lines": {
        "begin": 3
      }
    }
  }
]
"""

JUNIT = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="avow" tests="3" failures="2" errors="0" skipped="1">
  <testsuite name="schemas/100%, a:b/&lt;x&gt;.avsc" tests="1" failures="1" errors="0" skipped="0">
    <testcase name="BAD_NAME 2:5" classname="schemas/100%, a:b/&lt;x&gt;.avsc" \
file="schemas/100%, a:b/&lt;x&gt;.avsc" line="2">
      <failure message="&quot;]]&gt;&lt;a b='c'&gt;&amp; ::error::[31m{0} [x](y)\ufffd&quot; is no name" \
type="BAD_NAME">schemas/100%, a:b/&lt;x&gt;.avsc:2:5
Respell it.</failure>
    </testcase>
  </testsuite>
  <testsuite name="schemas/customers/Address.avsc" tests="2" failures="1" errors="0" skipped="1">
    <testcase name="MISSING_DOC 3:3" classname="schemas/customers/Address.avsc" \
file="schemas/customers/Address.avsc" line="3">
      <skipped message="the field street has no doc" type="MISSING_DOC">\
schemas/customers/Address.avsc:3:3</skipped>
    </testcase>
    <testcase name="CONFLICTING_DEFINITION 3:11" classname="schemas/customers/Address.avsc" \
file="schemas/customers/Address.avsc" line="3">
      <failure message="&quot;shared.Address&quot; is defined in two ways" type="CONFLICTING_DEFINITION">\
schemas/customers/Address.avsc:3:11
schemas/shared/Address.avsc:1:1
Make the two equal, or rename one of them.</failure>
    </testcase>
  </testsuite>
</testsuites>
"""

EXPECTED = {"text": TEXT, "json": JSON_LINES, "github": GITHUB, "gitlab": GITLAB, "junit": JUNIT}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_format(name: str, expected: str) -> None:
    assert FORMATS[name](FOUND) == expected


NOTHING = {
    "text": "",
    "json": "",
    "github": "",
    "gitlab": "[]\n",
    "junit": """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="avow" tests="1" failures="0" errors="0" skipped="0">
  <testsuite name="avow" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="schemas" classname="avow" />
  </testsuite>
</testsuites>
""",
    "sarif": """\
{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "avow",
          "rules": []
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": []
    }
  ]
}
""",
}


@pytest.mark.parametrize(("name", "expected"), NOTHING.items(), ids=NOTHING)
def test_nothing_found(name: str, expected: str) -> None:
    assert FORMATS[name]([]) == expected


def test_every_format_has_its_cases() -> None:
    assert list(FORMATS) == [*EXPECTED, "sarif"] == list(NOTHING)


def sarif_run(*findings: Finding) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(FORMATS["sarif"](findings))["runs"][0]
    return run


def test_sarif_result() -> None:
    assert sarif_run(CONFLICT)["results"] == [
        {
            "ruleId": "CONFLICTING_DEFINITION",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": '"shared.Address" is defined in two ways. Make the two equal, or rename one of them.'},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": "schemas/customers/Address.avsc",
                            "uriBaseId": "%SRCROOT%",
                        },
                        "region": {"startLine": 3, "startColumn": 11},
                    }
                }
            ],
            "partialFingerprints": {"avow/v1": "08cac9726aa279ea2737bf62912b3cd0"},
            "relatedLocations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "schemas/shared/Address.avsc", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 1, "startColumn": 1},
                    },
                    "id": 0,
                }
            ],
        }
    ]


def test_sarif_text_is_neither_placeholder_nor_link() -> None:
    result = sarif_run(HOSTILE)["results"][0]
    assert result["message"] == {"text": "\"]]><a b='c'>& ::error::[31m{{0}} [x] (y)\ufffd\" is no name. Respell it."}
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "schemas/100%25%2C%20a%3Ab/%3Cx%3E.avsc"


def test_sarif_brings_the_rules_it_names() -> None:
    rule = ALL["MISSING_DOC"]
    run = sarif_run(NO_DOC, CONFLICT)
    assert [entry["id"] for entry in run["tool"]["driver"]["rules"]] == [
        "CONFLICTING_DEFINITION",
        "MISSING_DOC",
    ]
    assert [(result["ruleId"], result["ruleIndex"]) for result in run["results"]] == [
        ("MISSING_DOC", 1),
        ("CONFLICTING_DEFINITION", 0),
    ]
    assert run["tool"]["driver"]["rules"][1] == {
        "id": "MISSING_DOC",
        "shortDescription": {"text": rule.purpose},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\n{rule.fix}"},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["layout"]},
    }


def moved(finding: Finding, lines: int) -> Finding:
    place = Place(finding.place.file, finding.place.line + lines, finding.place.column)
    return Finding(rule=finding.rule, severity=finding.severity, place=place, message=finding.message)


def test_fingerprints_survive_lines_above_and_are_unique() -> None:
    def marks(*findings: Finding) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(FORMATS["gitlab"](findings))]

    before = marks(NO_DOC, moved(NO_DOC, 5))
    assert marks(moved(NO_DOC, 20), moved(NO_DOC, 27)) == before
    assert len(set(before)) == 2


def test_junit_reads_back() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](FOUND))
    assert [element.get("message") for element in root.iter("failure")] == [
        "\"]]><a b='c'>& ::error::[31m{0} [x](y)\ufffd\" is no name",
        '"shared.Address" is defined in two ways',
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_no_character_moves_the_cursor_or_breaks_the_encoding(name: str) -> None:
    every_character = "".join(map(chr, range(0x3000))) + "\ud800\ufeff\ufffe\uffff\U0001f600"
    finding = Finding(rule="BAD_NAME", severity="error", place=Place("a.avsc", 1, 1), message=every_character)
    output = FORMATS[name]([finding])
    breaking = {"Cc", "Cs", "Zl", "Zp"}  # controls, surrogates, separators of lines and paragraphs
    assert {char for char in output if unicodedata.category(char) in breaking} == {"\n"}
    assert "\U0001f600" in output


def test_message_of_many_lines_takes_one() -> None:
    finding = Finding(rule="BAD_NAME", severity="error", place=Place("a.avsc", 1, 1), message="a\r\n\tb\u2028c")
    assert FORMATS["text"]([finding]) == "a.avsc:1:1: BAD_NAME a b c\n"


SUMMARIES = {
    "nothing": ([], ""),
    "one error": ([CONFLICT], "1 error in 1 file"),
    "one warning": ([NO_DOC], "1 warning in 1 file"),
    "all": (FOUND, "2 errors, 1 warning in 2 files"),
    "several warnings": ([NO_DOC, moved(NO_DOC, 1)], "2 warnings in 1 file"),
}


@pytest.mark.parametrize(("findings", "line"), SUMMARIES.values(), ids=SUMMARIES)
def test_summary(findings: list[Finding], line: str) -> None:
    assert summary(findings) == line


BROKEN = Finding(
    rule="TYPE_CHANGED",
    severity="error",
    place=Place("schemas/A.avsc", 3, 5),
    message="a.A cannot read version 2: it writes an int",
    fix="Bring the int back.",
    change=Change(
        contract="a.A",
        reader="this version",
        writer="version 2",
        path="x",
        witness='{"x":0}',
        data="00",
        outcome="decoding fails at byte 1",
    ),
)
SHOWN = 'witness {"x":0} (hex 00): decoding fails at byte 1'


def test_a_witness_in_text() -> None:
    assert FORMATS["text"]([BROKEN]).splitlines() == [
        "schemas/A.avsc:3:5: TYPE_CHANGED a.A cannot read version 2: it writes an int",
        f"  {SHOWN}",
        "  Bring the int back.",
    ]


def test_a_witness_in_json() -> None:
    assert json.loads(FORMATS["json"]([BROKEN]))["change"] == {
        "contract": "a.A",
        "reader": "this version",
        "writer": "version 2",
        "path": "x",
        "witness": '{"x":0}',
        "data": "00",
        "outcome": "decoding fails at byte 1",
        "rollout": [],
    }


def test_a_witness_in_the_other_formats() -> None:
    all_of_it = f"{BROKEN.message}. {SHOWN}. {BROKEN.fix}"
    assert FORMATS["github"]([BROKEN]).endswith(f"{BROKEN.message}%0A{SHOWN}%0A{BROKEN.fix}\n")
    assert json.loads(FORMATS["gitlab"]([BROKEN]))[0]["description"] == all_of_it
    failure = ElementTree.fromstring(FORMATS["junit"]([BROKEN])).find(".//failure")
    assert failure is not None
    assert failure.text == f"schemas/A.avsc:3:5\n{SHOWN}\n{BROKEN.fix}"
    text = sarif_run(BROKEN)["results"][0]["message"]["text"]
    assert text == all_of_it.replace("{", "{{").replace("}", "}}")


def changed(**changes: str) -> Finding:
    assert isinstance(BROKEN.change, Change)
    change = msgspec.structs.replace(BROKEN.change, **changes)
    return msgspec.structs.replace(BROKEN, change=change)


def test_a_long_witness_is_cut_for_people_only() -> None:
    long = changed(witness="x" * 1000, data="ab" * 1000)
    assert f"  witness {'x' * 200}… (hex {'ab' * 100}…): " in FORMATS["text"]([long])
    assert f"witness {'x' * 1000} (hex {'ab' * 1000}): " in FORMATS["github"]([long])


def test_a_value_without_bytes_is_a_witness() -> None:
    assert "  witness {} (no bytes): decoding" in FORMATS["text"]([changed(witness="{}", data="")])


def test_no_witness_is_no_line() -> None:
    assert FORMATS["text"]([changed(witness="", data="", outcome="")]).count("\n") == 2


def test_a_witness_moves_no_cursor() -> None:
    assert "\x1b" not in FORMATS["text"]([changed(witness="\x1b[31m")])
