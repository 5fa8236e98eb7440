from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from avow import config
from avow.config import CheckSettings, LintException, LintSettings, Project, Settings, Severities
from avow.errors import ConfigError


def _error(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config.settings(text)
    return str(caught.value)


def test_every_key_has_a_default() -> None:
    assert config.settings("[tool.avow]") == Settings(
        namespace="",
        package="contracts",
        schemas="schemas",
        generated="generated",
        producers="producers",
        consumers="consumers",
        lint=LintSettings(disable=(), exceptions=()),
        check=CheckSettings(severity=Severities(), java_unions=False),
    )


def test_every_key_can_be_set() -> None:
    text = """
        [tool.avow]
        namespace = "org.example"
        package = "events"
        schemas = "./src/main/avro/"
        generated = "gen"
        producers = "out"
        consumers = "in"
        [tool.avow.lint]
        disable = ["PATH_MISMATCH"]
        [[tool.avow.lint.exceptions]]
        rule = "MISSING_DOC"
        reason = "Predates avow."
        path = "src/main/avro/old/**"
        name = "org.example.A.field"
        until = 2031-01-02
        [tool.avow.check]
        severity = {UNIT_CHANGED = "warning", PROMOTION_LOSSY = "error"}
        java_unions = true
    """
    assert config.settings(text) == Settings(
        namespace="org.example",
        package="events",
        schemas="src/main/avro",
        generated="gen",
        producers="out",
        consumers="in",
        lint=LintSettings(
            disable=("PATH_MISMATCH",),
            exceptions=(
                LintException(
                    rule="MISSING_DOC",
                    reason="Predates avow.",
                    path="src/main/avro/old/**",
                    name="org.example.A.field",
                    until=date(2031, 1, 2),
                ),
            ),
        ),
        check=CheckSettings(severity=Severities(UNIT_CHANGED="warning", PROMOTION_LOSSY="error"), java_unions=True),
    )


@pytest.mark.parametrize("text", ["", "[tool.other]\nx = 1", "# avow\n[tool]\n", "broken = ["])
def test_a_file_without_the_table_has_no_settings(text: str) -> None:
    assert config.settings(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[tool.avow]\nnamespce = "a"',
            "pyproject.toml:2: [tool.avow] has no key `namespce`\n  Write `namespace`.",
        ),
        (
            "[tool.avow]\nzzz = 1",
            "pyproject.toml:2: [tool.avow] has no key `zzz`\n"
            "  Its keys are: namespace, package, schemas, generated, producers, consumers, integrations, sends, lint, "
            "check.",
        ),
        (
            "[tool.avow]\n\n[tool.avow.lnt]\n",
            "pyproject.toml:3: [tool.avow] has no key `lnt`\n  Write `lint`.",
        ),
        (
            '[tool.avow]\nintegrations = ["outbox", "celery"]',
            "pyproject.toml:2: `integrations` names 'celery', which there is none for\n"
            "  Choose among faststream, http, outbox, service.",
        ),
        (
            "[tool.avow]\nschemas = 3",
            "pyproject.toml:2: `schemas` must be a string, found 3\n  Change the value.",
        ),
        (
            '[tool.avow.lint]\ndisable = "X"',
            "pyproject.toml:2: `disable` must be a list of strings, found 'X'\n  Change the value.",
        ),
        (
            "[tool]\navow = 1",
            "pyproject.toml: [tool.avow] is not a table\n  Write one key a line below the header.",
        ),
        (
            '[tool.avow]\n[[tool.avow.lint.exceptions]]\nrule = "X"\nreason = ""',
            'pyproject.toml:4: [tool.avow.lint.exceptions] lacks `reason`\n  Add `reason = "..."`.',
        ),
        (
            '[[tool.avow.lint.exceptions]]\nrule = "X"\nreason = "y"\nuntil = "soon"',
            "pyproject.toml:4: `until` must be a date such as 2030-12-31, found 'soon'\n  Change the value.",
        ),
        (
            "[tool.avow.lint]\nexceptions = 1",
            "pyproject.toml:2: `exceptions` must be a list of tables, found 1\n  Change the value.",
        ),
        (
            '[tool.avow.check]\nseverity = {UNIT_CHANGE = "warning"}',
            "pyproject.toml: [tool.avow.check.severity] has no key `UNIT_CHANGE`\n  Write `UNIT_CHANGED`.",
        ),
        (
            '[tool.avow.check.severity]\n\nUNIT_CHANGED = "off"',
            'pyproject.toml:3: `UNIT_CHANGED` is \'off\', which is no severity\n  Write "error" or "warning".',
        ),
        (
            '[tool.avow]\nnamespace = "a..b"',
            "pyproject.toml:2: `namespace` is 'a..b', which is no Avro namespace\n"
            "  Write names joined by dots, such as `org.example`.",
        ),
        (
            '[tool.avow]\npackage = "class"',
            "pyproject.toml:2: `package` is 'class', which Python cannot import\n"
            "  Write one lower-case word, such as `contracts`.",
        ),
        (
            '[tool.avow]\npackage = "json"',
            "pyproject.toml:2: `package` is 'json', which would hide a module of that name\n"
            "  Choose another name, such as `contracts`.",
        ),
        (
            '[tool.avow]\nschemas = "generated/schemas"',
            "pyproject.toml:2: `schemas` is inside `generated`, which `avow generate` owns\n"
            "  Give them folders of their own.",
        ),
        (
            '[tool.avow]\ngenerated = "."',
            "pyproject.toml:1: `schemas` is inside `generated`, which `avow generate` owns\n"
            "  Give them folders of their own.",
        ),
        (
            "[tool.avow",
            "pyproject.toml: not valid TOML: Expected ']' at the end of a table declaration (at end of document)",
        ),
    ],
)
def test_what_cannot_be_used_is_one_message_with_its_line(text: str, message: str) -> None:
    assert _error(text) == message


@pytest.mark.parametrize("path", ["/etc", "..", "a/../../b", "C:/x"])
def test_paths_stay_inside_the_project(path: str) -> None:
    assert _error(f'[tool.avow]\ngenerated = "{path}"') == (
        f"pyproject.toml:2: `generated` is '{path}', which leads out of the project\n"
        "  Give a folder below the project root, such as `src/avro`."
    )


@pytest.mark.parametrize("path", ["", "a\\\\b"])
def test_paths_are_posix(path: str) -> None:
    assert _error(f'[tool.avow]\nschemas = "{path}"') == (
        f"pyproject.toml:2: `schemas` is '{path}', which is not a path with forward slashes\n"
        "  Give a folder below the project root, such as `src/avro`."
    )


def test_the_nearest_project_above_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / "deep/er").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.avow]\npackage = "outer"\n')
    (inner / "pyproject.toml").write_text('[tool.avow]\npackage = "inner"\n')
    # A pyproject.toml of something else on the way does not end the search, not even a broken one.
    (inner / "deep/pyproject.toml").write_text("[tool.ruff")
    assert config.find(inner / "deep/er") == Project(inner, Settings(package="inner"))
    assert config.find(inner / "deep/../..") == Project(tmp_path, Settings(package="outer"))


def test_no_project_is_an_error_that_says_where_was_looked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.find(tmp_path)
    assert str(caught.value) == (
        f"no pyproject.toml with a [tool.avow] table in {tmp_path} or a folder above it\n"
        "  Set one up here with `avow init`, or name the project: `avow -C DIR ...`."
    )
    assert config.search(tmp_path) is None


def test_a_start_that_is_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.find(tmp_path / "none")
    assert str(caught.value) == f"{tmp_path}/none: there is no such folder\n  Give a folder to -C."


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"# avow \xff")
    with pytest.raises(ConfigError) as caught:
        config.find(tmp_path)
    assert str(caught.value) == "pyproject.toml: not UTF-8 text\n  Save the file as UTF-8."


def test_folders_of_a_project(tmp_path: Path) -> None:
    project = Project(tmp_path, Settings(schemas="a/b", generated="c"))
    assert (project.schemas, project.generated) == (tmp_path / "a/b", tmp_path / "c")
    assert (project.released, project.cache) == (tmp_path / "a/b/released", tmp_path / ".avow")
    assert project.name(tmp_path / "a/b/X.avsc") == "a/b/X.avsc"
    assert project.name(Path("/elsewhere/X.avsc")) == "/elsewhere/X.avsc"
