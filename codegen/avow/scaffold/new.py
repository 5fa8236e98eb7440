"""`avow new`: a complete contract from a name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from avow import tense
from avow.config import Project
from avow.errors import AvowError
from avow.scaffold.contract import PATTERNS, Draft, Pattern, text

KINDS: tuple[tense.Kind, ...] = get_args(tense.Kind)

_SEGMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHORT = re.compile(r"[A-Z][A-Za-z0-9]*")
_SERVICE = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


def new(project: Project, draft: Draft) -> Path:
    """Write the file of a contract.

    Returns:
        The path of the new file.

    Raises:
        AvowError: The file is there already, or a name stands in its way.
    """
    path = path_of(project, draft.name)
    _check_free(project, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text(draft))
    return path


def draft(
    namespace: str,
    name: str,
    *,
    kind: tense.Kind | None = None,
    pattern: Pattern | None = None,
    owner: str = "",
    doc: str = "",
) -> Draft:
    """Return what a contract is to be, with what was not said guessed from the name.

    Args:
        namespace: Root namespace of the project; may be empty.
        name: A full name, or what follows the root namespace in it, such as `customers.AddressChanged`.
        kind: None to guess it from the name's tense.
        pattern: For events; None is a notification.
        owner: Service that answers for it; empty for the last segment of the namespace.
        doc: Empty for a sentence made of the name.

    Raises:
        AvowError: The name cannot be one, shows no kind, or the rest does not fit.
    """
    full = _full_name(namespace, name)
    kind = kind or _guess(name)
    if pattern and kind != "event":
        fix = "Leave out --pattern, or say --kind event."
        raise AvowError(f"a {kind} has no pattern, only an event has one", fix=fix)
    if owner and not _SERVICE.fullmatch(owner):
        fix = "Write lower-case letters and digits, joined by - or _."
        raise AvowError(f"`{owner}` is no name of a service", fix=fix)
    home = full.split(".")[-2].lower()
    owner = owner or (home if _SERVICE.fullmatch(home) else "")
    pattern = pattern or (PATTERNS[0] if kind == "event" else None)
    return Draft(name=full, kind=kind, pattern=pattern, owner=owner, doc=doc)


def path_of(project: Project, full: str) -> Path:
    """Return where the file of a full name belongs: below the schemas, without the root namespace."""
    below = full.removeprefix(f"{project.settings.namespace}.") if project.settings.namespace else full
    return project.schemas.joinpath(*below.split(".")).with_suffix(".avsc")


def _full_name(namespace: str, name: str) -> str:
    below = name.removeprefix(f"{namespace}.") if namespace else name
    *home, short = below.split(".")
    for segment in (*home, short):
        if not _SEGMENT.fullmatch(segment):
            what = f"`{name}` is no name in Avro, because of `{segment}`"
            fix = "Write letters, digits and _, beginning with no digit, like `customers.AddressChanged`."
            raise AvowError(what, fix=fix)
    if not _SHORT.fullmatch(short):
        camel = "".join(word[:1].upper() + word[1:] for word in short.split("_"))
        raise AvowError(f"`{short}` is not in CamelCase", fix=f"Write `{'.'.join((*home, camel))}`.")
    if not home:
        raise AvowError(f"`{name}` does not say where it belongs", fix=f"Write it like `customers.{short}`.")
    if home[0] == "released":
        fix = "Choose another namespace."
        raise AvowError("`released` is reserved for the frozen versions of schemas", fix=fix)
    return f"{namespace}.{below}" if namespace else below


def _guess(name: str) -> tense.Kind:
    kind = tense.guess(name)
    if kind:
        return kind
    what = f"`{name.rpartition('.')[2]}` does not show what it is"
    raise AvowError(what, fix=f"Say it with --kind: {', '.join(KINDS[:-1])} or {KINDS[-1]}.")


def _check_free(project: Project, path: Path) -> None:
    """Refuse a path that is taken, in whatever case: not every file system tells cases apart."""
    below = path.relative_to(project.schemas)
    folder = project.schemas
    for part in below.parts:
        there = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
        for name in sorted(there):
            _check_part(project, folder / name, part, is_last=part == below.name)
        folder = folder / part


def _check_part(project: Project, there: Path, part: str, *, is_last: bool) -> None:
    shown = project.name(there)
    if is_last and there.name == part:
        raise AvowError("the file is there already", file=shown, fix="Edit it, or choose another name.")
    if there.name != part and there.name.lower() == part.lower():
        fix = f"Write it as it is there: `{there.stem}`."
        raise AvowError(f"`{Path(part).stem}` differs only in case from what is there", file=shown, fix=fix)
    if is_last and there.is_dir() and there.name == Path(part).stem:
        fix = "Choose another name: a type cannot have the name of a namespace."
        raise AvowError(f"`{there.name}` is a namespace already", file=shown, fix=fix)
