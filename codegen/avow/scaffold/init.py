"""`avow init`: set up a repository, an empty one or one whose schemas grew elsewhere."""

from __future__ import annotations

from pathlib import Path

import msgspec

from avow import config
from avow.config import Project, Settings
from avow.errors import AvowError, ConfigError
from avow.scaffold.contract import text as contract_text
from avow.scaffold.detect import Found, survey
from avow.scaffold.new import draft, path_of
from avow.table import FILE

EXAMPLE = "customers.AddressChanged"
"""The contract that a repository without schemas gets, below its root namespace."""
IGNORED = ".avow/"


class Done(msgspec.Struct, frozen=True):
    """What `init` has done."""

    project: Project
    found: Found
    """The schemas that were there before."""
    written: tuple[Path, ...]
    """Files made or changed."""


def init(root: Path, *, schemas: str = "", namespace: str | None = None, package: str = "contracts") -> Done:
    """Set up a repository: settings, an example where there are no schemas, the cache ignored by git.

    Args:
        root: The folder of the repository, which must exist.
        schemas: Folder of the schemas, relative to the root; empty to look for them.
        namespace: Root namespace; None for what the schemas share.
        package: Import name of the generated package.

    Raises:
        ConfigError: The repository is set up already, or its pyproject.toml is broken.
        AvowError: An option is not a usable setting, or a folder cannot be made.
    """
    before = config.text_of(root)
    if config.read(root) is not None:
        fix = "Edit the table; nothing was changed."
        raise ConfigError(f"[{config.TABLE}] is there already", file=FILE, fix=fix)
    chosen = {"namespace": namespace or "", "package": package, "schemas": schemas or "schemas"}
    _check(chosen)
    found = survey(root, schemas, namespace)
    if found.count:
        chosen |= {"namespace": found.namespace, "schemas": found.schemas}
    table = _table(chosen | {"generated": _free_folder(root)}, mirrored=found.mirrored)
    addition = _addition(before, table)
    project = Project(root, config.settings(before + addition) or Settings())
    example = _example(project, found)
    _append(root / FILE, addition)
    return Done(project, found, (*example, root / FILE, *_ignore(root)))


def _check(chosen: dict[str, str]) -> None:
    """Refuse options as the settings would refuse them, but before anything is written."""
    try:
        config.settings(_table(chosen, mirrored=True))
    except ConfigError as error:
        raise AvowError(error.what, fix=error.fix) from None


def _free_folder(root: Path) -> str:
    """Return a folder for the generated package that holds nothing of somebody else's."""
    choices = [Settings().generated, "generated-contracts", "avow-generated"]
    return next((name for name in choices if not _is_taken(root / name)), choices[-1])


def _is_taken(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _table(chosen: dict[str, str], *, mirrored: bool) -> str:
    """Return the TOML of the settings that differ from the defaults."""
    usual = Settings()
    lines = [f"[{config.TABLE}]"]
    lines += [f"{key} = {_quoted(value)}" for key, value in chosen.items() if value != getattr(usual, key)]
    if not mirrored:
        lines += [
            "",
            f"[{config.TABLE}.lint]",
            "# These schemas grew before avow came: their paths do not mirror their full names.",
            'disable = ["PATH_MISMATCH"]',
        ]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return msgspec.json.encode(value).decode()  # a JSON string is a TOML string


def _addition(before: str, table: str) -> str:
    """Return what to append to a pyproject.toml, so that all that is there stays untouched."""
    addition = ("" if not before else "\n" if before.endswith("\n") else "\n\n") + table
    config.parse(before)
    try:
        config.parse(before + addition)
    except ConfigError:
        what = "the table of avow cannot be added below what is there"
        raise ConfigError(what, file=FILE, fix=f"Add it by hand:\n\n{table}") from None
    return addition


def _example(project: Project, found: Found) -> list[Path]:
    if found.count:
        return []
    example = draft(project.settings.namespace, EXAMPLE)
    path = path_of(project, example.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise AvowError("a file is where the schemas should be", file=project.name(path.parent)) from None
    path.write_text(contract_text(example), encoding="utf-8", newline="\n")
    return [path]


def _ignore(root: Path) -> list[Path]:
    path = root / ".gitignore"
    before = path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else ""
    if {IGNORED, f"/{IGNORED}", ".avow"} & set(before.splitlines()):
        return []
    gap = "" if not before or before.endswith("\n") else "\n"
    _append(path, f"{gap}{IGNORED}\n")
    return [path]


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)
