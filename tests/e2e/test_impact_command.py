"""Changes joined with who uses what, in a real repository: `avow impact`, and what `check` and `release` make of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.support.project import avow, make_project
from tests.support.repository import commit, git
from tests.support.services import make_services
from tests.support.usage import write_files

SHIPPED, RETURNED = "schemas/parcels/ParcelShipped.avsc", "schemas/parcels/ParcelReturned.avsc"


DEPOT = """\
from contracts.integrations.kafka import publish
from contracts.parcels import ParcelShipped
from contracts.testing import sample


def ship() -> None:
    publish(sample(ParcelShipped))
"""


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four services; their events are held to BACKWARD, released, and committed."""
    root = tmp_path_factory.mktemp("committed")
    make_services(root)
    write_files(root, {"producers/depot/app.py": DEPOT})
    for file in (SHIPPED, RETURNED):
        edit(root, file, level="BACKWARD")
    git(root, "init", "-q", "-b", "main")
    assert avow(root, "generate").code == 0
    assert avow(root, "release").code == 0
    commit(root)
    return root


@pytest.fixture
def root(committed: Path, tmp_path: Path) -> Path:
    """A copy of them, to be changed."""
    return shutil.copytree(committed, tmp_path, dirs_exist_ok=True)


def edit(root: Path, file: str, *, remove: str = "", add: object = None, level: str = "") -> None:
    """Take a field out of a schema, or put one in."""
    path = root / file
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["fields"] = [field for field in schema["fields"] if field["name"] != remove]
    schema["fields"] += [add] if add else []
    schema["contract"] |= {"compatibility": level} if level else {}
    path.write_text(json.dumps(schema, indent=2), encoding="utf-8")


def replace(root: Path, file: str, before: str, after: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert before in text
    (root / file).write_text(text.replace(before, after), encoding="utf-8")


def found(root: Path, *arguments: str) -> dict[str, list[str]]:
    """Return by rule whom the findings of a check hit."""
    lines = [json.loads(line) for line in avow(root, "check", *arguments, "--format", "json").out.splitlines()]
    return {line["rule"]: [shown(use) for use in line.get("change", {}).get("uses", [])] for line in lines}


def shown(use: dict[str, Any]) -> str:
    place = use.get("place", use)
    return f"{use['status']} {place['file']}:{place['line']} {use['what']}"


# check


def test_a_removal_that_a_reader_needs_is_an_error_though_avro_allows_it(root: Path) -> None:
    edit(root, SHIPPED, remove="weight")
    done = avow(root, "check")
    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "consumers/office/app.py:2:1: HANDLER_WITHOUT_ANNOTATION event, a parameter of on_anything, has no annotation"
        " and may be shop.parcels.ParcelReturned\n"
        "  Annotate it: `event: ParcelReturned`, if that is what comes.\n"
        "schemas/parcels/ParcelShipped.avsc:3:11: FIELD_REMOVED shop.parcels.ParcelShipped.weight is gone, which"
        " version 1 has\n"
        "  BREAKS consumers/billing/app.py:7 reads weight\n"
        "  Bring it back, and mark it as deprecated until nobody uses it. Or let go of it there, in the same change.\n"
        "rollout of shop.parcels.ParcelShipped:\n"
        "  first billing and tracking: they read it, and could not read what is written then\n"
        "  then depot: they write it\n"
        "1 error, 1 warning in 2 files\n"
    )


def test_what_is_said_does_not_depend_on_whether_the_package_was_generated_again(root: Path) -> None:
    edit(root, SHIPPED, remove="weight")
    assert found(root)["FIELD_REMOVED"] == ["BREAKS consumers/billing/app.py:7 reads weight"]
    assert avow(root, "generate").code == 0
    expected = ["BREAKS consumers/billing/app.py:7 reads weight, there is no such field"]
    assert found(root)["FIELD_REMOVED"] == found(root, "--against", "main")["FIELD_REMOVED"] == expected


def test_once_the_reader_has_let_go_of_it_there_is_no_known_use(root: Path) -> None:
    edit(root, SHIPPED, remove="weight")
    replace(root, "consumers/billing/app.py", "event.weight > 3", "event.note")
    done = avow(root, "check")
    assert done.code == 0
    assert "FIELD_REMOVED shop.parcels.ParcelShipped.weight is gone, which version 1 has\n  no known use\n" in done.out


def test_a_field_that_is_used_where_nobody_can_look_is_a_warning(root: Path) -> None:
    edit(root, RETURNED, remove="reason")
    replace(root, "consumers/billing/app.py", ' reason="heavy",', "")
    assert avow(root, "check").code == 0
    assert found(root)["FIELD_REMOVED"] == [
        "MAYBE consumers/office/app.py:2 may use reason: event has no annotation",
        "UNKNOWN consumers/office/app.py:3 lets ParcelReturned out of sight: into vars, if it is one",
    ]


def test_what_is_found_incompatible_says_whom_it_hits(root: Path) -> None:
    edit(root, RETURNED, add={"name": "weight", "type": "long"})
    assert found(root)["FIELD_MISSING"] == ["BREAKS consumers/billing/app.py:12 builds ParcelReturned"]


def test_a_contract_that_is_gone_hits_all_who_use_it(root: Path) -> None:
    (root / SHIPPED).unlink()
    assert found(root)["CONTRACT_REMOVED"] == [
        "BREAKS producers/depot/app.py:7 builds ParcelShipped",
        "BREAKS consumers/billing/app.py:6 handles ParcelShipped",
        "BREAKS consumers/tracking/app.py:4 handles ParcelShipped",
        "BREAKS consumers/tracking/app.py:5 reads destination",
        "BREAKS consumers/billing/app.py:12 reads parcel_id",
        "BREAKS consumers/billing/app.py:7 reads weight",
    ]
    assert avow(root, "generate").code == 0
    services = ("consumers/billing/app.py:2", "producers/depot/app.py:2", "consumers/tracking/app.py:1")
    assert found(root)["CONTRACT_REMOVED"] == [
        f"BREAKS {place} names ParcelShipped, there is no such type" for place in services
    ]


def test_who_goes_first_stands_at_the_end(root: Path) -> None:
    edit(root, RETURNED, remove="reason")
    out = avow(root, "check").out
    assert out.splitlines()[-4:-1] == [
        "rollout of shop.parcels.ParcelReturned:",
        "  first office: they read it, and could not read what is written then",
        "  then billing: they write it",
    ]


def test_a_change_of_code_alone_is_seen_after_a_check_that_found_nothing(root: Path) -> None:
    replace(root, "consumers/office/app.py", "def on_anything(event, log)", "def on_anything(event: object, log)")
    assert avow(root, "check") == avow(root, "check") == (0, "", "")
    write_files(root, {"consumers/returns/app.py": "def on(:\n"})
    assert [*found(root)] == ["UNREADABLE_CODE"]


def test_exceptions_are_made_for_code_and_for_fields_that_are_gone(root: Path) -> None:
    edit(root, SHIPPED, remove="weight")
    excepted = (
        ("FIELD_REMOVED", "schemas/**", "Billing is switched off with this release."),
        ("HANDLER_WITHOUT_ANNOTATION", "consumers/office/*", "Goes this year."),
        ("EVENT_NEVER_SENT", "schemas/**", "Comes from the old system."),
    )
    with (root / "pyproject.toml").open("a", encoding="utf-8") as file:
        for rule, path, reason in excepted:
            file.write(f'[[tool.avow.lint.exceptions]]\nrule = "{rule}"\npath = "{path}"\nreason = "{reason}"\n')
    assert [*found(root)] == ["UNUSED_EXCEPTION"]
    out = avow(root, "check").out
    assert "UNUSED_EXCEPTION the exception from EVENT_NEVER_SENT excuses nothing" in out


def test_a_release_that_takes_away_what_is_read_is_refused(root: Path) -> None:
    edit(root, SHIPPED, remove="weight")
    done = avow(root, "release")
    assert done.code == 1
    assert "BREAKS consumers/billing/app.py:7 reads weight" in done.out
    assert not (root / "schemas/released/shop.parcels.ParcelShipped/2.avsc").exists()
    replace(root, "consumers/billing/app.py", "event.weight > 3", "event.note")
    assert avow(root, "release").code == 0
    assert (root / "schemas/released/shop.parcels.ParcelShipped/2.avsc").exists()


def test_without_the_package_nothing_is_said_of_the_code_and_nothing_passed_over(root: Path) -> None:
    git(root, "rm", "-rq", "generated")
    done = avow(root, "check")
    assert (done.code, done.out) == (2, "")
    assert done.err == "avow: generated/contracts: there is no generated package\n  Run `avow generate`.\n"


# impact


def test_impact_of_what_is_not_released_yet(root: Path) -> None:
    edit(root, SHIPPED, remove="weight", add={"name": "insured", "type": "boolean", "default": False})
    edit(root, RETURNED, add={"name": "weight", "type": "long"})
    assert avow(root, "impact") == (
        0,
        """\
shop.parcels.ParcelReturned: version 1 -> the working tree
  + weight  long, without default: to be given by who builds it
    BREAKS  billing  consumers/billing/app.py:12  builds ParcelReturned
  rollout
    first billing: they write it, and what they wrote before could not be read then
    then office: they read it, once nothing is left that was written before

shop.parcels.ParcelShipped: version 1 -> the working tree
  - weight  long
    BREAKS  billing  consumers/billing/app.py:7  reads weight
  rollout
    first billing and tracking: they read it, and could not read what is written then
    then depot: they write it
""",
        "",
    )


def test_impact_since_a_ref_for_programs(root: Path) -> None:
    edit(root, SHIPPED, remove="weight")
    commit(root)
    done = avow(root, "impact", "ParcelShipped", "--against", "HEAD~1", "--format", "json")
    assert done.code == 0
    (line,) = map(json.loads, done.out.splitlines())
    assert {key: line[key] for key in ("contract", "from", "kind", "what", "path")} == {
        "contract": "shop.parcels.ParcelShipped",
        "from": "HEAD~1",
        "kind": "removed",
        "what": "field",
        "path": "weight",
    }
    assert [shown(use) for use in line["uses"]] == ["BREAKS consumers/billing/app.py:7 reads weight"]


def test_impact_of_nothing_is_nothing(root: Path) -> None:
    assert avow(root, "impact") == (0, "", "")
    replace(root, SHIPPED, "A parcel left the house.", "A parcel has left the house.")
    assert avow(root, "impact") == (0, "", "")


@pytest.mark.parametrize(
    ("file", "text", "code", "expected"),
    [
        (SHIPPED, "{", 1, "MALFORMED_JSON"),
        ("pyproject.toml", "[tool.avow]\nzzz = 1", 2, "has no key `zzz`"),
    ],
)
def test_impact_of_what_cannot_be_read(root: Path, file: str, text: str, code: int, expected: str) -> None:
    (root / file).write_text(text, encoding="utf-8")
    done = avow(root, "impact")
    assert (done.code, done.out) == (code, "")
    assert expected in done.err


def test_impact_where_there_are_no_services(tmp_path: Path) -> None:
    moved = {"type": "record", "name": "Moved", "fields": [], "contract": {"kind": "event"}}
    make_project(tmp_path, {"Moved.avsc": moved})
    assert avow(tmp_path, "release").code == 0
    moved["fields"] = [{"name": "why", "type": "string", "default": ""}]
    make_project(tmp_path, {"Moved.avsc": moved})
    what = "there is nobody to be asked: neither producers/ nor consumers/ is there"
    assert avow(tmp_path, "impact") == (2, "", f"avow: {what}\n  `avow diff` shows the changes themselves.\n")


def test_impact_of_a_contract_that_there_is_not(root: Path) -> None:
    done = avow(root, "impact", "ParcelLost")
    assert (done.code, done.out) == (2, "")
    assert "ParcelLost" in done.err
