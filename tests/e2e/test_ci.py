"""The workflows and hooks of docs/ci.md: every command line in them is run, as CI runs it, on good and bad changes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support.checkout import MERGE, checkout, pull_request, run
from tests.support.project import REPOSITORY, avow_here, make_project
from tests.support.repository import commit, git

PAGE = REPOSITORY / "docs/ci.md"
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
_BLOCK = re.compile(r"^( *)```yaml\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
GITHUB, SHALLOW, GITLAB, PRE_COMMIT = [
    yaml.safe_load(textwrap.dedent(found[2])) for found in _BLOCK.finditer(PAGE.read_text(encoding="utf-8"))
]
STEPS: list[dict[str, Any]] = GITHUB["jobs"]["contracts"]["steps"]
MOVED = "schemas/a/Moved.avsc"
ID = {"name": "id", "type": "string", "doc": "Which one."}
CITY = {"name": "city", "type": "string", "default": "", "doc": "Where to."}
CODE = {"name": "code", "type": "int", "doc": "Which code."}


def moved(*fields: Any, **more: Any) -> dict[str, Any]:
    meta = {"kind": "event", "pattern": "notification", "owner": "a", "channel": "a.moved", "key": "id", **more}
    meta |= {"partitions": 1, "retention": "P14D"}
    return {"type": "record", "name": "a.Moved", "doc": "Somebody has moved.", "contract": meta, "fields": [*fields]}


def edit(root: Path, *fields: Any, **more: Any) -> None:
    """Change the contract, and leave nothing to be formatted or generated."""
    make_project(root, {"a/Moved.avsc": moved(*fields, **more)})
    for command in ("fmt", "generate"):
        done = avow_here(root, command)
        assert done.code == 0, done


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository whose main has a released contract, and a branch that changes it as it may be changed."""
    root = tmp_path / "origin"
    edit(root, ID)
    assert avow_here(root, "release").code == 0
    (root / ".gitignore").write_text(".avow/\n__pycache__/\n")
    git(root, "init", "-q", "-b", "main")
    commit(root, "Release")
    git(root, "checkout", "-q", "-b", "work")
    edit(root, ID, CITY)
    commit(root, "Add a field")
    return root


# what is wrong, and which command has to say so


def not_formatted(root: Path) -> None:
    (root / MOVED).write_text((root / MOVED).read_text().replace("\n", "\n\n"))


def not_linted(root: Path) -> None:
    edit(root, ID, CITY, key="nothing")


def not_generated(root: Path) -> None:
    text = (root / MOVED).read_text()
    (root / MOVED).write_text(text.replace("Somebody has moved.", "Somebody moved."))


def not_compatible(root: Path) -> None:
    edit(root, ID, CODE)


def nothing(root: Path) -> None:
    """Leave it as it is."""


BREAKS: dict[str, Callable[[Path], None]] = {
    "": nothing,
    "avow fmt": not_formatted,
    "avow lint": not_linted,
    "avow generate": not_generated,
    "avow check": not_compatible,
}


def verb(command: str) -> str:
    return " ".join(command.split()[:2])


def expected(commands: list[str], failing: str) -> dict[str, int]:
    return {command: int(verb(command) == failing) for command in commands}


def codes(folder: Path, commands: list[str], **environment: str) -> dict[str, int]:
    """Run commands one after the other; nothing may be left behind."""
    found = {}
    for command in commands:
        done = run(folder, command, **environment)
        assert done.returncode in (0, 1), done
        found[command] = done.returncode
    assert git(folder, "status", "--porcelain", "--untracked-files=no") == ""
    return found


# GitHub Actions


def commands(event: str) -> list[str]:
    """Return what the workflow runs on an event, but for the installation."""
    found = [step["run"] for step in STEPS if "run" in step and event in triggers(step)]
    assert found[0] == 'pip install "$AVOW"'
    return found[1:]


def triggers(step: dict[str, Any]) -> tuple[str, ...]:
    named = re.search(r"github\.event_name == '(\w+)'", step.get("if", ""))
    return (named[1],) if named else ("pull_request", "push")


@pytest.mark.parametrize("failing", BREAKS)
def test_the_workflow_on_a_pull_request(origin: Path, tmp_path: Path, failing: str) -> None:
    BREAKS[failing](origin)
    commit(origin, "Break")
    git(origin, "checkout", "-q", "main")
    (origin / "README.md").write_text("Something else.\n")
    commit(origin, "Go on")
    pull_request(origin)
    depth = STEPS[0]["with"]["fetch-depth"]
    clone = checkout(origin, tmp_path / "clone", MERGE, depth)
    asked = commands("pull_request")
    assert [verb(command) for command in asked] == list(BREAKS)[1:]
    assert codes(clone, asked, GITHUB_BASE_REF="main") == expected(asked, failing)


@pytest.mark.parametrize("is_released", [True, False])
def test_the_workflow_on_main(origin: Path, tmp_path: Path, is_released: bool) -> None:
    if is_released:
        assert avow_here(origin, "release").code == 0
    edit(origin, ID, CITY)
    commit(origin)
    git(origin, "checkout", "-q", "main")
    git(origin, "merge", "-q", "work")
    clone = checkout(origin, tmp_path / "clone", "refs/heads/main", STEPS[0]["with"]["fetch-depth"])
    asked = commands("push")
    assert [verb(command) for command in asked] == ["avow fmt", "avow lint", "avow generate", "avow release"]
    assert codes(clone, asked) == expected(asked, "" if is_released else "avow release")


def test_annotations_are_at_the_lines_of_the_pull_request(origin: Path) -> None:
    not_compatible(origin)
    (check,) = [command for command in commands("pull_request") if verb(command) == "avow check"]
    git(origin, "update-ref", "refs/remotes/origin/main", "main")
    done = run(origin, check, GITHUB_BASE_REF="main")
    line = next(n for n, text in enumerate((origin / MOVED).read_text().splitlines(), 1) if '"code"' in text)
    assert done.stdout.startswith(f"::error file={MOVED},line={line},col=")


class TestShallow:
    """A clone of one commit, and the two steps that the page has for it."""

    FETCH: str = SHALLOW[1]["run"]

    def clone(self, origin: Path, folder: Path) -> Path:
        assert SHALLOW[0] == {"uses": STEPS[0]["uses"]}
        git(origin, "checkout", "-q", "main")
        pull_request(origin)
        return checkout(origin, folder, MERGE, 1)

    @pytest.mark.parametrize("failing", ["", "avow check"])
    def test_the_tip_of_the_target_will_do(self, origin: Path, tmp_path: Path, failing: str) -> None:
        BREAKS[failing](origin)
        commit(origin)
        clone = self.clone(origin, tmp_path / "clone")
        assert run(clone, self.FETCH, GITHUB_BASE_REF="main").returncode == 0
        asked = commands("pull_request")
        assert codes(clone, asked, GITHUB_BASE_REF="main") == expected(asked, failing)
        assert "its tip and a parent of HEAD" in run(clone, asked[-1], GITHUB_BASE_REF="main").stderr

    def test_without_it_the_check_says_what_to_fetch(self, origin: Path, tmp_path: Path) -> None:
        clone = self.clone(origin, tmp_path / "clone")
        done = run(clone, commands("pull_request")[-1], GITHUB_BASE_REF="main")
        assert (done.returncode, done.stderr) == (
            2,
            "avow: there is no git ref, folder or archive origin/main\n"
            "  Fetch it: `git fetch origin main:refs/remotes/origin/main`\n",
        )

    def test_a_target_that_has_moved_on(self, origin: Path, tmp_path: Path) -> None:
        clone = self.clone(origin, tmp_path / "clone")
        commit(origin, "Go on")
        assert run(clone, self.FETCH, GITHUB_BASE_REF="main").returncode == 0
        done = run(clone, commands("pull_request")[-1], GITHUB_BASE_REF="main")
        assert done.returncode == 2
        assert "this clone is shallow, and does not reach the commit where HEAD left origin/main" in done.stderr


# GitLab


@pytest.mark.parametrize("failing", ["", "avow lint", "avow check"])
def test_gitlab(origin: Path, tmp_path: Path, failing: str) -> None:
    BREAKS[failing](origin)
    commit(origin, "Break")
    clone = checkout(origin, tmp_path / "clone", "refs/heads/work", GITLAB[".avow"]["variables"]["GIT_DEPTH"])
    git(clone, "update-ref", "-d", "refs/remotes/origin/main")
    report = clone / GITLAB[".avow"]["artifacts"]["reports"]["codequality"]
    for job in ("lint-contracts", "check-contracts"):
        asked = GITLAB[job]["script"]
        assert codes(clone, asked, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main") == expected(asked, failing)
        assert bool(json.loads(report.read_text())) == (failing == verb(asked[-1]))
    (asked,) = GITLAB["release-contracts"]["script"]
    assert run(clone, asked).returncode == 1  # this branch changes something, and releases nothing


# pre-commit


def entry(hook: dict[str, Any]) -> str:
    return shlex.join([*shlex.split(hook["entry"]), *hook.get("args", [])])


def staged(root: Path, hook: dict[str, Any]) -> str:
    """Return what pre-commit runs: with the changed files that the hook is for, unless it wants none."""
    if not hook.get("pass_filenames", True):
        return entry(hook)
    changed = git(root, "diff", "--name-only", "main", "--diff-filter=d").splitlines()
    return f"{entry(hook)} {shlex.join(name for name in changed if re.search(hook['files'], name))}"


@pytest.mark.parametrize("failing", BREAKS)
def test_hooks(origin: Path, failing: str) -> None:
    BREAKS[failing](origin)
    commit(origin)
    asked = [staged(origin, hook) for hook in HOOKS]
    assert codes(origin, asked) == expected(asked, failing)


def test_the_hooks_are_those_of_the_page() -> None:
    assert [hook["id"] for hook in PRE_COMMIT["repos"][0]["hooks"]] == [hook["id"] for hook in HOOKS]
    text = PAGE.read_text(encoding="utf-8")
    for hook in HOOKS:
        assert hook.keys() <= KEYS
        assert hook["language"] == "python"
        assert re.compile(hook.get("files", ""))
        assert f"| `{hook['id']}` | `{entry(hook)}`" in text


KEYS = set("id name description entry args language files pass_filenames always_run".split())
"""Those of https://pre-commit.com/#new-hooks that are in use here."""


def test_what_the_page_says_of_arguments(origin: Path) -> None:
    not_formatted(origin)
    assert run(origin, f"avow fmt {MOVED}").returncode == 0
    assert run(origin, "avow generate").returncode == 0
    git(origin, "update-ref", "refs/remotes/origin/main", "main")
    assert run(origin, "avow check --against origin/main").returncode == 0


def test_a_real_hook_in_a_worktree(origin: Path, tmp_path: Path) -> None:
    """git sets variables for hooks that lead elsewhere; a worktree has its hooks in the repository that it is of."""
    run(origin, "true")
    script = origin / ".git/hooks/pre-commit"
    lines = [f'PATH="{tmp_path}/bin:$PATH"', *(staged(origin, hook) for hook in HOOKS), "avow check --against main"]
    script.write_text("#!/bin/bash\nset -e\n" + "\n".join(lines) + "\n")
    script.chmod(0o755)
    git(origin, "worktree", "add", "-q", "-b", "more", str(tmp_path / "tree"), "work")
    tree = tmp_path / "tree"
    edit(tree, ID, CITY, {**CITY, "name": "town"})
    before = git(tree, "rev-parse", "HEAD")
    after = commit(tree)
    assert after != before
    not_compatible(tree)
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "Break", check=False)
    assert git(tree, "rev-parse", "HEAD") == after


# this repository


def test_this_repository_does_as_the_page_says(tmp_path: Path) -> None:
    workflow = yaml.safe_load((REPOSITORY / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert job["steps"][0] == {"uses": STEPS[0]["uses"], "with": {"fetch-depth": 0}}
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert " contracts " in (REPOSITORY / ".ci/run").read_text(encoding="utf-8")
    shutil.copy(REPOSITORY / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    pull = made(tmp_path, GITHUB_ACTIONS="true", GITHUB_BASE_REF="main", GITHUB_REF="refs/pull/1/merge")
    assert pull == [command.replace("origin/main", "origin/$GITHUB_BASE_REF") for command in commands("pull_request")]
    assert made(tmp_path) == ["avow fmt --check", "avow lint", "avow generate --check", "avow check --against HEAD"]
    (tmp_path / "schemas/released").mkdir(parents=True)
    push = made(tmp_path, GITHUB_ACTIONS="true", GITHUB_REF="refs/heads/main")
    assert [command for command in push if verb(command) != "avow check"] == commands("push")
    assert made(tmp_path)[-1] == "avow check"


def made(folder: Path, **environment: str) -> list[str]:
    """Return the avow commands of `make contracts`."""
    done = run(folder, "make --dry-run --no-print-directory contracts", **environment)
    lines = [line.strip() for line in done.stdout.splitlines()]
    return [line.removeprefix(".venv/bin/") for line in lines if line.startswith(".venv/bin/avow ")]


def test_every_yaml_file_parses() -> None:
    files = [REPOSITORY / ".pre-commit-config.yaml", REPOSITORY / ".pre-commit-hooks.yaml"]
    files += (REPOSITORY / ".github").rglob("*.yml")
    assert len(files) >= 3
    for path in files:
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
