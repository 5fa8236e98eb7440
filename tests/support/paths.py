"""Where a path of `avow diff` leads in a schema, read from plain JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.support.differential_forms import Form
from tests.support.inline import Json

_STEP = re.compile(r"(\w*)((?:\[\]|\{\}|\([^)]*\))*)")
_MARK = re.compile(r"\[\]|\{\}|\([^)]*\)")


class End(NamedTuple):
    """What stands at the end of a path."""

    owner: str
    """Full name of the record of its last field."""
    field: str
    type: Json


def end(form: Form, at: tuple[str, ...]) -> End:
    """Follow a path from the top of a schema; a KeyError says that it leads nowhere."""
    found = End("", "", form.root)
    for step in at:
        match = _STEP.fullmatch(step)
        assert match is not None, step
        if match[1]:
            owner = core(found.type)
            fields = {field["name"]: field["type"] for field in form.named[owner]["fields"]}
            found = End(owner, match[1], fields[match[1]])
        for mark in _MARK.findall(match[2]):
            found = found._replace(type=_inside(form, found.type, mark))
    return found


def core(type_: Json) -> Json:
    """Return what an optional type is where it is not null."""
    if isinstance(type_, list) and len(type_) == 2 and "null" in type_:
        return next(branch for branch in type_ if branch != "null")
    return type_


def _inside(form: Form, type_: Json, mark: str) -> Json:
    if mark in ("[]", "{}"):
        return core(type_)["items" if mark == "[]" else "values"]
    branches = type_ if isinstance(type_, list) else [type_]
    by_name = {name: branch for branch in branches for name in _names(form, branch)}
    return by_name[mark[1:-1]]


def _names(form: Form, branch: Json) -> list[str]:
    name = branch if isinstance(branch, str) else branch["type"]
    if name not in form.named:
        return [name]
    kind = form.named[name]["type"].replace("error", "record")  # an error is a record by another word
    return [name, name.rpartition(".")[2], f"{kind} {name}"]
