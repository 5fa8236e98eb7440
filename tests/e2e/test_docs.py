"""What the pages say is tried word for word, each page in a copy of the project.

By language of a code block: `console` is run by a shell and has to print what stands there; `diff` is an edit
of one file; `python` is run once the page's other blocks are done, and prints its lines marked `#>`. Blocks in
other languages are only shown.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from avow_command import SOURCE

ROOT = SOURCE.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
COPIED = ("schemas", "generated")
SERVICES = ("producers", "consumers")
"""What README.md is about too; other pages bring services of their own."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


class Block(msgspec.Struct, frozen=True):
    language: str
    line: int
    """1-based, of its first line of code."""
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(found[1], text.count("\n", 0, found.start(2)) + 1, found[2]) for found in _BLOCK.finditer(text)]


@pytest.fixture
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of this project that can be changed, brought up to date."""
    folder = tmp_path / "project"
    is_readme = "README" in request.node.name
    for name in (*COPIED, *(SERVICES if is_readme else ())):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    command = tmp_path / "bin/avow"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m avow "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    assert said(folder, "avow generate") == ""
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_is_so(project: Path, page: Path) -> None:
    found = blocks(page)
    for block in found:
        if block.language == "console":
            commands, expected = transcript(block.text)
            assert said(project, commands) == expected, f"{page.name}:{block.line}"
        if block.language == "diff":
            edit(project, block)
    code = [block for block in found if block.language == "python"]
    if code:
        assert printed(project, page.name, code) == [line for block in code for line in promised(block.text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in links(page) if not leads_somewhere(page, link)]
    assert broken == []


def test_a_wrong_page_would_be_noticed(tmp_path: Path, project: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A b\n[a](gone.md) [b](page.md#a-b) [c](#c)\n```python\nprint(1)\n#> 2\n```\n", "utf-8")
    (block,) = blocks(page)
    assert (block, printed(project, page.name, [block]), promised(block.text)) == (
        Block("python", 4, "print(1)\n#> 2\n"),
        ["1"],
        ["2"],
    )
    assert [link for link in links(page) if not leads_somewhere(page, link)] == ["gone.md", "#c"]


def said(folder: Path, commands: str) -> str:
    """Return what a shell prints for some commands, errors included, whatever their exit codes."""
    return ran(folder, "sh", "-c", commands).stdout


def printed(folder: Path, name: str, code: list[Block]) -> list[str]:
    """Return the lines that the Python of a page prints; its tracebacks have the page's own line numbers."""
    text = ""
    for block in code:
        text += "\n" * (block.line - 1 - text.count("\n")) + block.text
    script = folder / name
    script.write_text(text, encoding="utf-8")
    done = ran(folder, sys.executable, name)
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


def ran(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(folder.parent / "bin"), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(folder / "generated"), str(SOURCE)]),
        "LC_ALL": "C.UTF-8",
    }


def transcript(text: str) -> tuple[str, str]:
    """Return the commands of a console block, and what they print together."""
    lines = text.splitlines(keepends=True)
    commands = "".join(line[2:] for line in lines if line.startswith("$ "))
    return commands, "".join(line for line in lines if not line.startswith("$ "))


def edit(folder: Path, block: Block) -> None:
    """Apply a diff of one place in one file; its first two lines name the file."""
    header, _, body = block.text.partition("\n+++ ")
    lines = body.splitlines(keepends=True)[1:]
    path = folder / header.removeprefix("--- ")
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"the diff in line {block.line} fits {text.count(before)} places"
    path.write_text(text.replace(before, after), encoding="utf-8")


def promised(code: str) -> list[str]:
    return [found[1] for found in re.finditer(r"#> ?(.*)$", code, re.MULTILINE)]


def links(page: Path) -> list[str]:
    """Return the links within the repository, those in code left out."""
    text = re.sub(r"`[^`\n]+`", "", _BLOCK.sub("", page.read_text(encoding="utf-8")))
    return [link for link in _LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> set[str]:
    """Return the anchors that code hosts give the headings of a page."""
    headings = _HEADING.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
