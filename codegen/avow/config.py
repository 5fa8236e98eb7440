"""Find the project and read its settings: the `[tool.avow]` table of a pyproject.toml.

    project = config.find(Path.cwd())
    project.schemas  # the folder of the schemas, as a path that can be opened

Every key has a default that fits the layout of a repository made by `avow init`.
"""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from keyword import iskeyword
from pathlib import Path, PurePosixPath

import msgspec

from avow.errors import ConfigError
from avow.table import FILE, Table

TABLE = "tool.avow"
INTEGRATIONS = ("faststream", "http", "outbox", "service")
"""What `integrations` may name: libraries that the generated package can be made to work with."""

_PATHS = ("schemas", "generated", "producers", "consumers")


class LintException(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `[[tool.avow.lint.exceptions]]`: findings that are known and wanted."""

    rule: str
    """Id of the rule that is not to be reported."""
    reason: str
    """Why, for those who read it later; never empty."""
    path: str = ""
    """Files it holds for, as a glob relative to the project root; empty for all."""
    name: str = ""
    """Full name of the type it holds for, or `full.Name.field`; empty for all."""
    until: date | None = None
    """Last day on which it holds; None for always."""


class LintSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[tool.avow.lint]`."""

    disable: tuple[str, ...] = ()
    """Ids of rules that are not checked at all."""
    exceptions: tuple[LintException, ...] = ()
    """Findings that are not reported, each with its reason."""


class Severities(msgspec.Struct, frozen=True, kw_only=True):
    """The table `severity` of `[tool.avow.check]`: rules whose severity can be chosen, each by its id.

    A value is "error" or "warning", empty for the one that the rule has by itself.
    """

    UNIT_CHANGED: str = ""
    DECIMAL_PRECISION_WIDENED: str = ""
    PROMOTION_LOSSY: str = ""
    BYTES_AS_STRING: str = ""
    LOGICAL_CHANGED: str = ""
    NAMESPACE_CHANGED: str = ""
    LEVEL_LOWERED: str = ""


class CheckSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[tool.avow.check]`."""

    severity: Severities = Severities()
    """Severities that differ from those of the rules."""
    java_unions: bool = False
    """Whether a union is read as Avro for Java does: a later branch that fits counts where the first match fails."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[tool.avow]`. Paths are posix and relative to the project root."""

    namespace: str = ""
    """Root namespace, which neither folders nor packages repeat; empty where names share none."""
    package: str = "contracts"
    """Import name of the generated package."""
    schemas: str = "schemas"
    """Folder of the .avsc files."""
    generated: str = "generated"
    """Folder that `avow generate` owns; nothing in it is edited by hand."""
    producers: str = "producers"
    """Folder of the sending sides of the services."""
    consumers: str = "consumers"
    """Folder of the receiving sides of the services."""
    integrations: tuple[str, ...] = ()
    """Libraries that the generated package brings support for, as ``<package>.integrations.<name>``."""
    sends: tuple[str, ...] = ()
    """Functions that send what they are given, by full name with `*` for any text, beside those that avow knows."""
    lint: LintSettings = LintSettings()
    """What the linter leaves out."""
    check: CheckSettings = CheckSettings()
    """How changes are judged."""


class Project(msgspec.Struct, frozen=True):
    """Where a project is, and its settings."""

    root: Path
    """Absolute path of the folder with the pyproject.toml."""
    settings: Settings

    @property
    def schemas(self) -> Path:
        """Folder of the .avsc files."""
        return self.root / self.settings.schemas

    @property
    def released(self) -> Path:
        """Folder of the frozen versions, which only the tool writes and the loader skips."""
        return self.schemas / "released"

    @property
    def generated(self) -> Path:
        """Folder that holds the generated package."""
        return self.root / self.settings.generated

    @property
    def cache(self) -> Path:
        """Folder for what can be worked out anew; git ignores it."""
        return self.root / ".avow"

    def name(self, path: Path) -> str:
        """Return a path as messages show it: posix, relative to the root where it is inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def search(start: Path) -> Project | None:
    """Return the project that a folder belongs to: the nearest with a `[tool.avow]` table, or None.

    Args:
        start: A folder, where the walk up begins.

    Raises:
        ConfigError: The folder is none, or the project's settings cannot be used.
    """
    start = start.resolve()
    if not start.is_dir():
        raise ConfigError("there is no such folder", file=start.as_posix(), fix="Give a folder to -C.")
    for folder in (start, *start.parents):
        found = read(folder)
        if found is not None:
            return Project(folder, found)
    return None


def find(start: Path) -> Project:
    """Return the project that a folder belongs to.

    Raises:
        ConfigError: There is none, or its settings cannot be used.
    """
    project = search(start)
    if project is not None:
        return project
    raise ConfigError(
        f"no {FILE} with a [{TABLE}] table in {start.resolve().as_posix()} or a folder above it",
        fix="Set one up here with `avow init`, or name the project: `avow -C DIR ...`.",
    )


def read(folder: Path) -> Settings | None:
    """Return the settings in a folder's pyproject.toml, or None where it has no `[tool.avow]` table.

    Raises:
        ConfigError: The file cannot be read, is not TOML, or holds settings that cannot be used.
    """
    return settings(text_of(folder))


def settings(text: str) -> Settings | None:
    """Return the settings in a pyproject.toml's text, or None where it has no `[tool.avow]` table.

    Raises:
        ConfigError: The text is not TOML, or holds settings that cannot be used.
    """
    # Somebody else's broken pyproject.toml on the way up is none of our business.
    if "avow" not in text:
        return None
    tool = parse(text).get("tool")
    raw = tool.get("avow") if isinstance(tool, dict) else None
    if raw is None:
        return None
    table = Table(text, TABLE)
    found = table.read(Settings, raw)
    _check(found, table)
    return msgspec.structs.replace(found, **{key: _tidy(found, key) for key in _PATHS})


def text_of(folder: Path) -> str:
    """Return the text of a folder's pyproject.toml; empty where there is none.

    Raises:
        ConfigError: The file cannot be read or is not UTF-8.
    """
    try:
        return (folder / FILE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError:
        raise ConfigError("not UTF-8 text", file=FILE, fix="Save the file as UTF-8.") from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", file=(folder / FILE).as_posix()) from None


def parse(text: str) -> dict[str, object]:
    """Return a pyproject.toml's content.

    Raises:
        ConfigError: The text is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", file=FILE) from None


def _check(settings: Settings, table: Table) -> None:
    """Refuse values of the right type that cannot work."""
    for key in _PATHS:
        problem = _path_problem(getattr(settings, key))
        if problem:
            raise table.error(key, f"`{key}` {problem}", "Give a folder below the project root, such as `src/avro`.")
    generated = PurePosixPath(settings.generated)
    for key in ("schemas", "producers", "consumers"):
        if PurePosixPath(getattr(settings, key)).is_relative_to(generated):
            what = f"`{key}` is inside `generated`, which `avow generate` owns"
            raise table.error(key, what, "Give them folders of their own.")
    _check_names(settings, table)
    _check_severities(settings.check.severity, Table(table.text, f"{TABLE}.check.severity"))
    for name in settings.integrations:
        if name not in INTEGRATIONS:
            what = f"`integrations` names {name!r}, which there is none for"
            raise table.error("integrations", what, f"Choose among {', '.join(INTEGRATIONS)}.")


def _check_severities(severities: Severities, table: Table) -> None:
    for rule, severity in msgspec.structs.asdict(severities).items():
        if severity not in ("", "error", "warning"):
            what = f"`{rule}` is {severity!r}, which is no severity"
            raise table.error(rule, what, 'Write "error" or "warning".')


def _check_names(settings: Settings, table: Table) -> None:
    segments = settings.namespace.split(".") if settings.namespace else []
    if not all(segment.isidentifier() and segment.isascii() for segment in segments):
        what = f"`namespace` is {settings.namespace!r}, which is no Avro namespace"
        raise table.error("namespace", what, "Write names joined by dots, such as `org.example`.")
    package = settings.package
    if not package.isidentifier() or not package.isascii() or iskeyword(package):
        what = f"`package` is {package!r}, which Python cannot import"
        raise table.error("package", what, "Write one lower-case word, such as `contracts`.")
    if package in sys.stdlib_module_names or package in ("avow", "msgspec"):
        what = f"`package` is {package!r}, which would hide a module of that name"
        raise table.error("package", what, "Choose another name, such as `contracts`.")


def _path_problem(path: str) -> str:
    parts = PurePosixPath(path)
    if not path or "\\" in path:
        return f"is {path!r}, which is not a path with forward slashes"
    if parts.is_absolute() or ".." in parts.parts or ":" in path:
        return f"is {path!r}, which leads out of the project"
    return ""


def _tidy(settings: Settings, key: str) -> str:
    return PurePosixPath(getattr(settings, key)).as_posix()
