"""The index as users meet it: the real commands in a real folder, its files in git, and what goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.project import CODEGEN, avow
from tests.support.repository import commit, git
from tests.support.services import TRACKING, make_services
from tests.support.usage import write_files, write_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_services(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for the tests that only ask."""
    return make_services(tmp_path_factory.mktemp("made"))


# answers


def test_who_of_a_field(made: Path) -> None:
    assert avow(made, "who", "ParcelReturned.reason") == (
        0,
        """\
shop.parcels.ParcelReturned.reason
  written  billing  consumers/billing/app.py:12  send_back
  maybe    office   consumers/office/app.py:2    on_anything  event has no annotation
  cannot be followed, so any field may be used:
    office  ParcelReturned  consumers/office/app.py:3  on_anything  into vars, if it is one
""",
        "",
    )


def test_who_of_a_type(made: Path) -> None:
    done = avow(made, "who", "Place")
    assert done == (
        0,
        """\
shop.shared.Place (record)
  Where a parcel goes.
  street  no known use
  town
    read  tracking  consumers/tracking/app.py:5  on_shipped
  zone  no known use
""",
        "",
    )


def test_who_of_a_service(made: Path) -> None:
    assert avow(made, "who", "billing") == (
        0,
        """\
billing
  handled  parcels.ParcelShipped
  sent  parcels.ParcelReturned
  built  parcels.ParcelReturned, shared.Amount
  read
    parcels.ParcelShipped  parcel_id, weight
  written
    parcels.ParcelReturned  items, parcel_id, reason, refund
    shared.Amount           unit, value
""",
        "",
    )


def test_who_for_programs(made: Path) -> None:
    done = avow(made, "who", "--format", "json")
    assert (done.code, done.err) == (0, "")
    facts = [json.loads(line) for line in done.out.splitlines()]
    assert {
        "file": "consumers/tracking/app.py",
        "line": 5,
        "kind": "read",
        "type": "shop.shared.Place",
        "field": "town",
        "service": "tracking",
        "function": "on_shipped",
        "reason": "",
        "via": "shop.parcels.ParcelShipped.destination",
    } in facts
    one = avow(made, "who", "Place.town", "--format", "json")
    assert [json.loads(line) for line in one.out.splitlines()] == [
        fact for fact in facts if (fact["type"], fact["field"]) == ("shop.shared.Place", "town")
    ]


def test_flow(made: Path) -> None:
    assert avow(made, "flow", "ParcelShipped") == (
        0,
        """\
shop.parcels.ParcelShipped
├─ billing consumers/billing/app.py:6 on_shipped
│  └─ shop.parcels.ParcelReturned
│     └─ office consumers/office/app.py:8 <module>
└─ tracking consumers/tracking/app.py:4 on_shipped
""",
        "",
    )
    lines = [json.loads(line) for line in avow(made, "flow", "ParcelShipped", "--format", "json").out.splitlines()]
    assert [(each["depth"], each["service"]) for each in lines] == [(0, "billing"), (1, "office"), (0, "tracking")]
    assert lines[0]["sends"] == [{"contract": "shop.parcels.ParcelReturned", "loop": False}]


def test_search_and_orphans(made: Path) -> None:
    assert avow(made, "search", "returnd").out == (
        "shop.parcels.ParcelReturned  event  parcels  name  A parcel came back.\n"
    )
    assert avow(made, "search", "zzzz") == (0, "", "nothing is called so, nor almost so\n")
    assert avow(made, "orphans") == (
        0,
        """\
Nobody is known to handle
  shop.orders.OrderPlaced  event
  shop.orders.PlaceOrder   command

Nobody is known to send
  shop.orders.OrderPlaced     event
  shop.orders.PlaceOrder      command
  shop.parcels.ParcelShipped  event
""",
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["who", "ParcelShiped"], "no type, field or service is called ParcelShiped\n  Did you mean"),
        (["flow", "tracking"], "tracking is no contract\n  `avow who` tells of fields and services."),
        (["who"], "name a type, a field or a service, or ask for all facts with --format json"),
        (["flow"], "Missing argument 'CONTRACT'"),
        (["search"], "Missing argument 'WORDS...'"),
    ],
)
def test_what_cannot_be_answered_is_exit_2(made: Path, arguments: list[str], message: str) -> None:
    done = avow(made, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


# the files


def test_the_files_are_committed_without_lines_and_drift_is_found(root: Path) -> None:
    index = root / "generated/index"
    assert {path.name for path in index.iterdir()} == {
        ".gitattributes",
        "flow-edges.txt",
        "shop.parcels.ParcelReturned.txt",
        "shop.parcels.ParcelShipped.txt",
        "shop.shared.Amount.txt",
        "shop.shared.Place.txt",
    }
    assert (index / "shop.shared.Place.txt").read_text() == (
        "town\tread\ttracking\tconsumers/tracking/app.py\ton_shipped\t\tshop.parcels.ParcelShipped.destination\n"
    )
    # a comment moves all lines, and nothing else
    write_files(root, {"consumers/tracking/app.py": f"# moved\n\n{TRACKING}"})
    assert avow(root, "generate", "--check") == (0, "", "")
    write_files(root, {"consumers/tracking/app.py": TRACKING.replace(".town", ".street")})
    assert avow(root, "generate", "--check") == (
        1,
        "generated/index/shop.shared.Place.txt: differs\n1 file is not as the code has it: run `avow generate`\n",
        "",
    )
    shutil.rmtree(root / "consumers/tracking")
    (root / "generated/INDEX.md").unlink()
    assert avow(root, "generate", "--check").out == (
        "generated/INDEX.md: missing\n"
        "generated/index/shop.parcels.ParcelShipped.txt: differs\n"
        "generated/index/shop.shared.Place.txt: left over\n"
        "3 files are not as the code has it: run `avow generate`\n"
    )
    assert avow(root, "generate") == (0, "", "")
    assert not (index / "shop.shared.Place.txt").exists()
    assert avow(root, "generate", "--check") == (0, "", "")


def test_without_services_the_page_says_so_and_there_are_no_facts(tmp_path: Path) -> None:
    write_project(tmp_path, {"producers/new/README.md": ""})
    assert avow(tmp_path, "generate") == (0, "", "")
    assert "No code of a service uses a contract yet." in (tmp_path / "generated/INDEX.md").read_text()
    assert not (tmp_path / "generated/index").exists()
    assert avow(tmp_path, "who", "Place.town").out == "shop.shared.Place.town\n  no known use\n"
    assert avow(tmp_path, "who", "--format", "json") == (0, "", "")
    assert avow(tmp_path, "generate", "--check") == (0, "", "")


def test_branches_that_use_one_event_merge_without_a_conflict(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    commit(root)
    for name in ("one", "two"):
        git(root, "checkout", "-q", "-b", name, "main")
        write_files(root, {f"consumers/{name}/app.py": TRACKING.replace(".town", ".zone")})
        assert avow(root, "generate") == (0, "", "")
        commit(root)
    # only the page for people, which is written anew, may need a hand
    git(root, "merge", "one", check=False)
    assert git(root, "diff", "--name-only", "--diff-filter=U") in ("", "generated/INDEX.md")
    assert avow(root, "generate") == (0, "", "")
    lines = (root / "generated/index/shop.shared.Place.txt").read_text().splitlines()
    assert [line.split("\t")[2] for line in lines] == ["tracking", "one", "two"]


# how old it is


def test_a_question_says_when_the_index_is_stale(root: Path) -> None:
    write_files(root, {"consumers/tracking/app.py": TRACKING.replace(".town", ".zone")})
    stale = "avow: the index is older than the code; `avow generate` brings it up to date\n"
    assert avow(root, "who", "Place.zone") == (0, "shop.shared.Place.zone\n  no known use\n", stale)
    assert avow(root, "who", "Place.zone", "--format", "json").err == ""  # programs get it as it is now
    assert avow(root, "who", "Place.zone").err == ""
    write_files(root, {"libs/new.py": ""})
    assert avow(root, "who", "Place.zone").err == ""  # no code of a service
    schema = root / "schemas/shared/Place.avsc"
    schema.write_text(schema.read_text().replace("zone", "postcode"))
    assert avow(root, "who", "Place.zone").err == stale


def test_a_fresh_clone_answers_from_what_is_committed(root: Path) -> None:
    shutil.rmtree(root / ".avow")
    done = avow(root, "who", "ParcelReturned.reason")
    assert done.out.splitlines()[1] == "  written  billing  consumers/billing/app.py  send_back"
    assert done.err == "avow: the lines are not known here; `avow generate` finds them\n"
    assert avow(root, "flow", "ParcelShipped").out.count("├─") == 1
    shutil.rmtree(root / "generated/index")
    (root / "generated/INDEX.md").unlink()
    assert avow(root, "who", "Place") == (
        2,
        "",
        "avow: generated: there is no index yet\n  Run `avow generate`, which writes it.\n",
    )


def test_questions_do_not_load_mypy(made: Path) -> None:
    script = (
        "import sys\nfrom avow import cli\n"
        "for each in (['who', 'Place'], ['flow', 'ParcelShipped'], ['search', 'x'], ['orphans'], ['generate']):\n"
        "    cli.run(each)\n    assert not [name for name in sys.modules if name.startswith('mypy')], each\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(CODEGEN)}
    subprocess.run([sys.executable, "-c", script], cwd=made, env=environment, check=True, capture_output=True)


# completion


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("avow who ParcelR", ["ParcelReturned"]),
        ("avow who ParcelReturned.re", ["ParcelReturned.reason", "ParcelReturned.refund"]),
        ("avow who ParcelReturned.refund.", ["ParcelReturned.refund.value", "ParcelReturned.refund.unit"]),
        ("avow who trac", ["tracking"]),
        ("avow flow OrderP", ["OrderPlaced"]),
        ("avow who nothing.", []),
    ],
)
def test_a_shell_completes_contracts_fields_and_services(made: Path, words: str, expected: list[str]) -> None:
    assert _completed(made, words) == expected


def test_completion_is_silent_where_there_is_no_project(tmp_path: Path) -> None:
    assert _completed(tmp_path, "avow who Par") == []


def _completed(folder: Path, words: str) -> list[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(CODEGEN),
        "_AVOW_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    script = "import sys; sys.argv = ['avow']; from avow.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


# fields that are gone


def test_a_field_that_is_gone_is_looked_for_as_long_as_released_versions_have_it(root: Path) -> None:
    assert avow(root, "release").code == 0
    schema = root / "schemas/parcels/ParcelReturned.avsc"
    said = json.loads(schema.read_text())
    said["fields"] = [each for each in said["fields"] if each["name"] != "reason"]
    schema.write_text(json.dumps(said, indent=2))
    write_files(root, {"consumers/late/app.py": "from contracts.parcels import ParcelReturned\n" + LATE})
    assert avow(root, "generate") == (0, "", "")
    assert avow(root, "who", "ParcelReturned.reason") == (
        0,
        """\
shop.parcels.ParcelReturned.reason
  read     late     consumers/late/app.py:3      on_returned  there is no such field
  written  billing  consumers/billing/app.py:12  send_back    there is no such field
  maybe    office   consumers/office/app.py:2    on_anything  event has no annotation
  cannot be followed, so any field may be used:
    office  ParcelReturned  consumers/office/app.py:3  on_anything  into vars, if it is one
""",
        "",
    )


LATE = "def on_returned(event: ParcelReturned) -> str:\n    return event.reason\n"
