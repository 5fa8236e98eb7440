"""What the command does whatever the subcommand: help, exit codes, and one message for what goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from avow_command import SOURCE, Avow, Ran

HELP = """\
Usage: avow [OPTIONS] COMMAND [ARGS]...

  Keep the vow that services make to each other, with Avro schemas as the
  single source of truth.

Options:
  -C DIR      Run as if started in DIR.
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
  init      Set up a repository, an empty or an existing one.
  new       Write a complete contract from a name.
  fmt       Format schemas.
  lint      Report what is wrong with schemas, or could be better.
  generate  Write the Python package from the schemas.
  release   Freeze contracts as versions.
  retire    End versions whose time is over.
  check     Hold changes against what is released, or against a git ref.
  diff      Show what has changed, from version to version or from a git ref.
  who       Show who uses a type or a field, or what a service uses.
  flow      Show what happens downstream of a contract.
  impact    Show whom changes hit, and which services take them first.
  search    Find contracts by names, fields, owners and docs.
  orphans   List contracts that nobody reads or nobody sends.
  rules     List the rules.
  explain   Explain a rule: why it is there, what to do.
"""


def test_help_names_every_command(avow: Avow) -> None:
    assert avow("--help") == avow("-h") == avow() == Ran(0, HELP)


def test_version(avow: Avow) -> None:
    assert avow("--version") == Ran(0, "avow 0.1.0\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["genrate"], "there is no command `genrate`\n  Did you mean `avow generate`?"),
        (["zzz"], "there is no command `zzz`\n  `avow --help` lists the commands."),
        (["fmt", "--nope"], "No such option '--nope'.\n  `avow fmt --help` shows what there is."),
        (["explain", "name_cas"], "there is no rule name_cas\n  Did you mean NAME_CASE?"),
        (["fmt", "nowhere"], "{folder}/nowhere: there is no such file or folder"),
        (
            ["fmt"],
            "no pyproject.toml with a [tool.avow] table in {folder} or a folder above it\n"
            "  Set one up here with `avow init`, or name the project: `avow -C DIR ...`.",
        ),
        (["-C", "nowhere", "fmt"], "{folder}/nowhere: there is no such folder\n  Give a folder to -C."),
    ],
)
def test_what_cannot_be_done_is_one_message(avow: Avow, tmp_path: Path, args: list[str], message: str) -> None:
    assert avow(*args) == Ran(2, "", f"avow: {message.format(folder=tmp_path)}\n")


def test_a_bug_is_one_message_and_a_traceback_for_those_who_ask(avow: Avow, tmp_path: Path) -> None:
    (tmp_path / "msgspec.py").write_text("raise TypeError('broken\\nhere')")
    (tmp_path / "pyproject.toml").write_text("[tool.avow]")
    path = f"{tmp_path}{os.pathsep}{SOURCE}"
    assert avow("fmt", PYTHONPATH=path) == Ran(
        2,
        "",
        "avow: internal error: TypeError: broken here\n"
        "  Please report it with what `AVOW_DEBUG=1 avow ...` prints for the same command.\n",
    )
    asked = avow("fmt", PYTHONPATH=path, AVOW_DEBUG="1")
    assert asked.err.startswith("Traceback (most recent call last):")
    assert asked.err.endswith("TypeError: broken\nhere\n")


def test_a_file_that_cannot_be_written_is_one_message(avow: Avow, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    assert avow("init") == Ran(2, "", f"avow: {tmp_path}/.gitignore: Is a directory\n")


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "avow", "rules"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_fmt_check(avow: Avow, tmp_path: Path) -> None:
    (tmp_path / "a.avsc").write_text('{"type":"int"}')
    (tmp_path / "b.avsc").write_text('{"type":"int",}')
    assert avow("fmt", "--check", ".") == Ran(
        1,
        "a.avsc: would be formatted\n"
        "b.avsc:1:14: MALFORMED_JSON trailing comma before }\n"
        "  Remove the comma.\n"
        "1 of 2 files would change: run `avow fmt`\n",
    )
    assert avow("fmt", "a.avsc") == Ran(0, "a.avsc: formatted\n")
    assert avow("fmt", "--check", "a.avsc") == Ran(0)
    assert (tmp_path / "a.avsc").read_text() == '{\n  "type": "int"\n}\n'


def test_frozen_versions_are_not_formatted(avow: Avow, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.avow]")
    frozen = tmp_path / "schemas/released/a.B/1.avsc"
    frozen.parent.mkdir(parents=True)
    frozen.write_text('{"type":"int"}')
    assert avow("fmt", "--check") == avow("fmt", "schemas/released/a.B/1.avsc") == avow("fmt", ".") == Ran(0)
    assert frozen.read_text() == '{"type":"int"}'
