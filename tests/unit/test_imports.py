"""The directions in which the parts of avow may know each other, read from the source."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2] / "codegen/avow"


class Row(msgspec.Struct, frozen=True):
    package: str
    may_import: str
    """Parts of avow and other distributions, separated by blanks."""
    because: str


ROWS = (
    Row("runtime", "msgspec", "it is copied into the generated package, which has nothing but msgspec"),
    Row(
        "runtime/integrations",
        "runtime msgspec opentelemetry",
        "what integrations share is loaded by who uses one of them, and must not ask for the library of another",
    ),
    Row(
        "runtime/integrations/faststream",
        "runtime runtime/integrations msgspec faststream nats confluent_kafka",
        "it is copied into the generated package, to be imported only by who uses FastStream",
    ),
    Row(
        "runtime/integrations/outbox",
        "runtime runtime/integrations msgspec sqlalchemy",
        "an outbox is worth having with any broker and any framework",
    ),
    Row(
        "runtime/integrations/http",
        "runtime runtime/integrations msgspec httpx2 starlette uvicorn",
        "a query is asked and answered whatever broker or database stands behind it",
    ),
    Row(
        "runtime/integrations/service",
        "runtime/integrations msgspec opentelemetry",
        "a process has settings, logs and an end whatever it does; what it is made of it is given",
    ),
    Row("errors", "", "everything raises its errors, so it can depend on nothing"),
    Row("finding", "msgspec", "findings are data, which everything passes on and nothing is needed to hold"),
    Row("table", "errors runtime msgspec", "reading a table of TOML has nothing to do with what is in it"),
    Row("words", "", "how a sentence lists things is nobody's business in particular"),
    Row("stack", "", "how deeply Python may call is the business of whoever walks schemas"),
    Row("cache", "", "what is cached is the business of who caches it"),
    Row("config", "errors table msgspec", "every command reads the settings, so they must load fast"),
    Row("tense", "", "grammar knows no schema; the lint and the scaffold both ask it"),
    Row("rules", "errors finding msgspec", "a rule is a row of text: what checks it knows it, not the reverse"),
    Row("report", "changes diff finding impact rules msgspec", "renderers show what was found and never read a schema"),
    Row(
        "load",
        "config errors finding runtime msgspec jsonschema",
        "loading is where findings begin: what judges, writes or shows comes after",
    ),
    Row("compat", "finding runtime stack msgspec", "a verdict is about two schemas, wherever they come from"),
    Row("changes", "compat runtime msgspec", "what differs between two schemas has nothing to do with a project"),
    Row(
        "frozen",
        "config errors finding load runtime msgspec",
        "what is released is read by all that judge or generate, so it knows none of them",
    ),
    Row(
        "check",
        "cache changes compat config errors finding frozen lint load rules runtime table msgspec words",
        "what may change is decided by the schemas; what is generated from them is not its business",
    ),
    Row(
        "diff",
        "changes check compat config errors finding frozen lint load runtime msgspec",
        "it says what has changed and decides nothing, so nothing that judges or generates may need it",
    ),
    Row(
        "release",
        "cache check compat config errors finding fmt frozen generate load runtime msgspec",
        "it freezes what has been judged; of the generator it asks what the class of an era will be called",
    ),
    Row(
        "fmt",
        "config errors finding load msgspec",
        "formatting works on text, also where the schemas are invalid, so no check may stand before it",
    ),
    Row(
        "lint",
        "config errors finding load rules runtime tense msgspec",
        "the linter judges what is loaded; what is generated from it is not its business",
    ),
    Row(
        "generate",
        "cache config errors finding frozen load runtime msgspec jinja2",
        "the generator works on what is loaded; lint, check and index must not decide what it writes",
    ),
    Row(
        "index",
        "cache changes config errors finding frozen load rules runtime msgspec mypy words",
        "who uses what is read from schemas and code; neither the generator nor the check has a say in it",
    ),
    Row(
        "impact",
        "changes check compat config diff errors finding index load runtime msgspec words",
        "it joins what changes with who uses it, so both can stay without knowledge of each other",
    ),
    Row(
        "show",
        "changes finding impact index report click msgspec",
        "it lays out answers for people and reads no code",
    ),
    Row(
        "scaffold",
        "config errors fmt load table tense msgspec",
        "a new project has no schemas to lint or to generate from",
    ),
    Row(
        "cli",
        "check config diff errors finding fmt generate impact index lint load release report rules runtime scaffold"
        " show stack tense click msgspec",
        "the commands stand on top of everything",
    ),
    Row("__init__", "", "importing avow must cost nothing: each part is imported by name"),
    Row("__main__", "cli", "it is the command"),
)


PARTS = frozenset(row.package for row in ROWS)


def _modules(package: str) -> list[Path]:
    """The modules of a part, less those of a part inside it that has a row of its own."""
    folder = ROOT / package
    if not folder.is_dir():
        return [ROOT / f"{package}.py"]
    inside = [ROOT / part for part in PARTS if part.startswith(f"{package}/")]
    return [path for path in sorted(folder.rglob("*.py")) if not any(path.is_relative_to(part) for part in inside)]


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of all that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, name) for name in _targets(path, node))


def _targets(path: Path, node: ast.ImportFrom) -> list[str]:
    if node.level:
        here = ("avow", *path.relative_to(ROOT).with_suffix("").parts)
        base = ".".join((*here[: len(here) - node.level], *filter(None, [node.module])))
    else:
        base = node.module or ""
    # `from avow import config` names a part, `from avow.config import find` names what is in one.
    return [f"{base}.{alias.name}" for alias in node.names] if base == "avow" else [base]


def _part(name: str) -> str:
    """Return the part of avow, or else the distribution, of a dotted name; nothing for Python's own."""
    first, *rest = name.split(".")
    if first != "avow":
        return "" if first in sys.stdlib_module_names else first
    longest = (part for length in range(len(rest), 1, -1) if (part := "/".join(rest[:length])) in PARTS)
    return next(longest, rest[0] if rest else "__init__")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.package)
def test_a_package_imports_only_what_it_may_know(row: Row) -> None:
    allowed = {"", row.package, *row.may_import.split()}
    # The version, which is all that the package itself holds, is for anyone.
    allowed |= {"__init__", "__version__"}
    wrong = [
        f"{path.relative_to(ROOT.parent)}:{line} imports {name}"
        for path in _modules(row.package)
        for line, name in _imports(path)
        if _part(name) not in allowed
    ]
    assert not wrong, f"{row.package} may import only {row.may_import or 'nothing'}, because {row.because}: {wrong}"


def test_every_package_has_a_row() -> None:
    there = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or any(path.glob("**/*.py"))}
    assert there == {part.partition("/")[0] for part in PARTS}
    folders = {path.relative_to(ROOT).as_posix() for path in (ROOT / "runtime").rglob("*") if any(path.glob("*.py"))}
    assert folders == {part for part in PARTS if part.startswith("runtime/")}


def test_the_runtime_finds_itself_wherever_it_is_copied() -> None:
    absolute = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "runtime").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0)
        if "avow" in ast.unparse(node)
    ]
    assert not absolute, f"relative imports only, since the runtime is copied into other packages: {absolute}"
