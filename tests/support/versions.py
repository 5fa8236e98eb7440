"""Projects whose contract has older versions: forms of one schema that changed at random."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from tests.support.differential import Variant, family
from tests.support.inline import Json
from tests.support.project import make_project

from avow import config
from avow.compat import check, compatible
from avow.frozen import Version, checksum, identity, mark
from avow.release.text import frozen_text
from avow.release.write import write_list, write_version
from avow.runtime.schema import Record


def contracted(schema: Json, **meta: Json) -> Json:
    """Return a record's schema as that of a contract."""
    return {**schema, "contract": {"kind": "event", "compatibility": "NONE", **meta}}


def records(rng: Random) -> list[Variant]:
    """Return forms of one record, each with a fingerprint of its own; at least two, and first what reads most."""
    while True:
        found = {mark(each.type): each for each in family(rng) if isinstance(each.type, Record)}
        if len(found) > 1:
            forms = list(found.values())
            return sorted(forms, key=lambda form: -sum(compatible(check(form.type, each.type)) for each in forms))


def project_of(root: Path, today: Variant, before: Sequence[Variant], era: str = "Era1") -> str:
    """Write a project with a contract and what was released of it, and return the contract's full name.

    What is released is written as `avow release` writes it, whatever it would say to the changes; the era is that
    of all versions.
    """
    make_project(root, {"all.avsc": json.dumps(contracted(today.schema))})
    project = config.find(root)
    assert isinstance(today.type, Record)
    name = today.type.name
    versions = []
    for number, variant in enumerate(before, start=1):
        assert isinstance(variant.type, Record)
        text = frozen_text(variant.type)
        versions.append(
            Version(
                name=name,
                number=number,
                era=era,
                fingerprint=mark(variant.type),
                checksum=checksum(text.encode()),
                identity=identity(variant.type),
                released=date(2026, 1, 1),
                contract={"kind": "event"},
            )
        )
        write_version(project, versions[-1], text)
    write_list(project, name, versions)
    return name
