"""The insurance domain of this repository, generated anew by the code of today."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Any

from tests.support.generated import Generated, generate
from tests.support.project import REPOSITORY, make_project
from tests.support.values import random_value

from avow.runtime.schema import Record

SCHEMAS = REPOSITORY / "schemas"


def make_domain(root: Path, package: str = "contracts") -> Generated:
    """Generate the domain into a folder and import it."""
    make_project(root, {}, f'namespace = "insurance"\npackage = "{package}"')
    shutil.copytree(SCHEMAS, root / "schemas")
    assert generate(root).findings == []
    return Generated(root, package)


def events(generated: Generated, rng: Random, count: int, budget: int = 120) -> list[Any]:
    """Return random values of every record of a package."""
    classes = generated.registry.class_of
    records = [type_ for type_ in generated.roots() if isinstance(type_, Record)]
    return [random_value(type_, rng, classes, budget) for type_ in records for _ in range(count)]
