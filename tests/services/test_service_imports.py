"""What the services may know: the contracts, public libraries, and nothing of each other."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.support.project import REPOSITORY

SIDES = ("producers", "consumers")
SERVICES = sorted(
    {path.name for side in SIDES for path in (REPOSITORY / side).iterdir() if (path / "__init__.py").exists()}
)


def modules(service: str) -> list[Path]:
    return [path for side in SIDES for path in sorted((REPOSITORY / side / service).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative"
            yield node.module or ""


def libraries() -> set[str]:
    """The names under which what pyproject.toml lists for services is imported."""
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    listed = project["optional-dependencies"]["services"] + project["dependencies"]
    wanted = {canonicalize_name(Requirement(each).name) for each in listed}
    found = packages_distributions().items()
    return {name for name, by in found if wanted & {canonicalize_name(each) for each in by}} | {"opentelemetry"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_the_contracts_and_libraries_and_no_other_service(service: str) -> None:
    allowed = {"contracts", *sys.stdlib_module_names, *libraries()} - {"avow"}
    own = {f"{side}.{service}" for side in SIDES}
    wrong = [
        f"{path.relative_to(REPOSITORY)} imports {name}"
        for path in modules(service)
        for name in imported(path)
        if name.partition(".")[0] not in allowed and ".".join(name.split(".")[:2]) not in own
    ]
    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_takes_of_the_contracts_what_is_public(service: str) -> None:
    private = [name for path in modules(service) for name in imported(path) if "._" in name]
    assert private == []
