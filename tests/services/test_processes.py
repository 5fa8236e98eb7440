"""A service as a process: how it starts, says how it is, and ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from examples.story.broker import declare, nats_server
from examples.story.counts import quotes
from examples.story.processes import MODULES, REPOSITORY, Services, free_port, until
from examples.story.story import Story
from tests.support.project import Outcome

NAMES = tuple(MODULES)


def ran(folder: Path, name: str, *arguments: str, **told: str) -> Outcome:
    """Run a service to its end, in a folder of its own."""
    path = os.pathsep.join([str(REPOSITORY / "generated"), str(REPOSITORY)])
    done = subprocess.run(
        [sys.executable, "-m", MODULES[name], *arguments],
        env={**os.environ, "PYTHONPATH": path, "PORT": "0", **told},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_it_is_told_by_the_environment(tmp_path: Path, name: str) -> None:
    found = ran(tmp_path, name, "--help")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(f"usage: python -m {MODULES[name]} [-h]\n\n{name.capitalize()}: ")
    for variable in ("BROKER_URL", "DATABASE_URL", "PATIENCE", "PORT"):
        assert f"\n  {variable} " in found.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("told", "code", "said"),
    [
        ({"STYLE": "guessing"}, 2, "python -m consumers.quoting: STYLE=guessing: Invalid enum value 'guessing'"),
        ({"TIMEOUT": "0"}, 2, "python -m consumers.quoting: TIMEOUT=0: Expected `float` > 0.0"),
        (
            {"BROKER_URL": "amqp://127.0.0.1"},
            1,
            "quoting: amqp://127.0.0.1: the address of a broker begins with nats:// or kafka://",
        ),
        (
            {"DATABASE_URL": "sqlite:///no/such/folder.db"},
            1,
            "quoting: sqlite:///no/such/folder.db: unable to open database file",
        ),
        ({"DATABASE_URL": "oracle://x"}, 1, "quoting: oracle is not supported: use sqlite or postgresql"),
    ],
    ids=lambda told: next(iter(told.items()))[1].rpartition("/")[2] if isinstance(told, dict) else "",
)
def test_what_it_cannot_work_with_is_one_line(tmp_path: Path, told: dict[str, str], code: int, said: str) -> None:
    assert ran(tmp_path, "quoting", **told) == Outcome(code, "", f"{said}\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_no_database_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "letter.db").write_bytes(b"Dear customer, this is a letter.\n" * 100)
    said = f"{name}: sqlite:///letter.db is no SQLite database, or damaged: file is not a database\n"
    assert ran(tmp_path, name, DATABASE_URL="sqlite:///letter.db") == Outcome(1, "", said)


@pytest.mark.parametrize(
    ("scheme", "said"),
    [("nats", "no server answers"), ("kafka", "Failed to get metadata: Local: Broker transport failure")],
)
def test_a_broker_that_never_comes_is_one_line(tmp_path: Path, scheme: str, said: str) -> None:
    url = f"{scheme}://127.0.0.1:{free_port()}"
    found = ran(tmp_path, "communications", BROKER_URL=url, PATIENCE="1", LOG_LEVEL="ERROR")
    waited = re.sub(r"waited [1-4] s", "waited", found.err)
    assert (found.code, found.out, waited) == (1, "", f"communications: {url}: {said}; waited for it\n")


def test_a_port_that_is_taken_is_one_line(tmp_path: Path, story: Story) -> None:
    port = str(story.services.ports["customers"])
    found = ran(tmp_path, "quoting", PORT=port, BROKER_URL=story.told["BROKER_URL"])
    said = f"quoting: cannot listen on 127.0.0.1:{port}: Address already in use\n"
    assert (found.code, found.err) == (1, said)


def test_it_says_that_it_waits_for_a_broker_and_serves_once_that_is_there(tmp_path: Path) -> None:
    with nats_server(tmp_path) as url:
        declare({"BROKER_URL": url})
    with closing(Services(tmp_path, url)) as alone:
        waits_then_serves(alone, int(url.rpartition(":")[2]))
    assert [line["message"] for line in alone.said("quoting")][-2:] == ["ready", "ended"]


def waits_then_serves(alone: Services, port: int) -> None:
    alone.start("quoting")
    until(lambda: alone.health("quoting"), 30, "quoting does not answer")
    assert alone.health("quoting") == {
        "service": "quoting",
        "status": "down",
        "broker": "not connected yet",
        "outbox": 0,
    }
    with nats_server(alone.folder, port):
        alone.wait("quoting")
        assert alone.health("quoting") == {"service": "quoting", "status": "up", "broker": "ok", "outbox": 0}
        alone.end("quoting")


def test_all_say_that_they_are_well(story: Story) -> None:
    found = {name: story.services.health(name) for name in NAMES}
    assert {name: (said["service"], said["status"], said["broker"]) for name, said in found.items()} == {
        name: (name, "up", "ok") for name in NAMES
    }


def test_those_that_are_asked_to_end_at_work_lose_and_double_nothing(story: Story) -> None:
    """Each ends by SIGTERM with 0, whatever it has in hand, and what runs next does the rest."""
    people = [story.person(f"Busy Person{number}") for number in range(12)]
    made, mails = quotes(story), len(story.mail.handed_over())
    for person in people:
        person.register()
        person.insure()
    told = {name: story.services.told[name] for name in NAMES}
    story.services.end(*NAMES)
    for name in NAMES:
        story.services.start(name, **told[name])
    story.services.wait()
    until(lambda: len(story.mail.handed_over()) >= mails + len(people), 30, "not everybody got an email")
    assert quotes(story) == made + len(people)
    addressed = [str(mail["To"]) for mail in story.mail.handed_over()[mails:]]
    assert sorted(addressed) == sorted(f"{person.name} <{person.email}>" for person in people)


def test_what_it_logs_is_lines_of_json(story: Story) -> None:
    for name in NAMES:
        lines = story.services.log(name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not line.startswith("{")] == []
        assert {line["service"] for line in story.services.said(name)} == {name}
