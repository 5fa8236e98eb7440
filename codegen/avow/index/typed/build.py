"""Run mypy as a library over files of the services.

It sees these files, the generated package, typeshed and the stubs beside this file: what is installed, the version
of Python and the settings of the environment make no difference to what it finds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from mypy import build
from mypy.build import BuildResult, BuildSource
from mypy.errors import CompileError
from mypy.options import Options
from mypy.typestate import type_state

from avow.config import Project
from avow.index.code.modules import Modules
from avow.index.code.standard import TARGET, standard
from avow.index.code.survey import Note, read
from avow.index.code.waivers import Waiver, waivers
from avow.index.typed.libraries import hooks_in
from avow.index.typed.sources import source

STUBS = Path(__file__).parent.parent / "stubs"
type_state.infer_unions = True  # of events of several types a list holds these, and not what they have in common
_VIRTUAL = "<code>/"
"""Before the path of each file, so that mypy takes the text it is given and neither reads nor caches the file."""


class Checked(Struct, frozen=True):
    """What mypy made of files."""

    result: BuildResult
    ids: dict[str, str]
    """Ids of the modules by file name."""
    refused: dict[str, tuple[int, str]]
    """Files that it did not take, each with the line and the reason."""
    waivers: list[Waiver]
    hooks: dict[str, frozenset[str]]
    """By file name: what is named there by which libraries could be made to hand out contracts."""


def check(project: Project, names: Iterable[str], notes: Mapping[str, Note], modules: Modules, cache: bool) -> Checked:
    """Return what mypy finds in files.

    Args:
        project: Whose files.
        names: Their names.
        notes: What is known of them.
        modules: All modules of the repository.
        cache: Whether to keep what is found out about the libraries for the next time.
    """
    texts = {}
    found: list[Waiver] = []
    for name in names:
        text, problem = read(project, name, notes[name].stamp)
        texts[name] = "" if problem else source(name, text, notes[name].imports, modules)
        found += waivers(name, texts[name])
    refused: dict[str, tuple[int, str]] = {}
    while True:
        try:
            sources = _sources(texts, modules)
            with _alone():
                result = build.build(sources, _options(project, cache=cache), flush_errors=_unheard)
            ids = {name: modules.id(name) for name in texts}
            return Checked(result, ids, refused, found, {name: hooks_in(text) for name, text in texts.items()})
        except CompileError as error:
            bad = list(_blamed(error, texts))
            if not bad:
                raise
            refused.update(bad)
            for name, _ in bad:
                del texts[name]


def learn(project: Project) -> None:
    """Find out about the generated package and what it imports, and keep that for those that come after."""
    text = f"import {project.settings.package}\n"
    with _alone():
        build.build([BuildSource(f"{_VIRTUAL}all", "all", text)], _options(project, cache=True), flush_errors=_unheard)


def _unheard(*_: object) -> None:
    """Take what mypy has to say about code, which nobody asked for."""


def _sources(texts: Mapping[str, str], modules: Modules) -> list[BuildSource]:
    """Return the files as mypy wants them, with an empty package around each that has none."""
    found = {modules.id(name): BuildSource(_VIRTUAL + name, modules.id(name), text) for name, text in texts.items()}
    for name in texts:
        package, _, _ = modules.id(name).rpartition(".")
        while package and package not in found:
            found[package] = BuildSource(f"{_VIRTUAL}{package.replace('.', '/')}/__init__.py", package, "")
            package, _, _ = package.rpartition(".")
    return list(found.values())


def _blamed(error: CompileError, texts: Mapping[str, str]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield the files that a build stopped at, each once with line and reason."""
    seen = set()
    for message in error.messages:
        place, separator, reason = message.partition(": error: ")
        name, _, line = place.removeprefix(_VIRTUAL).partition(":")
        if separator and name in texts and name not in seen:
            seen.add(name)
            number = line.partition(":")[0]
            yield name, (int(number) if number.isdigit() else 0, reason)


def _options(project: Project, *, cache: bool) -> Options:
    found = Options()
    found.python_version = TARGET
    found.platform = "linux"
    found.python_executable = None
    found.mypy_path = [str(project.generated), str(STUBS)]
    found.incremental = cache
    found.cache_dir = str(project.cache / "mypy") if cache else os.devnull
    found.export_types = found.preserve_asts = True
    found.check_untyped_defs = found.check_unreachable = found.allow_redefinition = True
    found.ignore_missing_imports = True
    found.ignore_errors = True  # nobody reads what it has to say, and to say it takes long
    found.test_env = True  # or it would switch the garbage collection on, which finds next to nothing here
    found.logical_deps = True  # what is imported from nowhere bears the name that it would have there
    found.build_per_module_cache()
    _lighten(found, project.settings.package)
    return found


def _lighten(options: Options, package: str) -> None:
    """Let the bodies of functions outside of the services be: only their signatures matter."""
    light = options.apply_changes({"ignore_errors": True, "preserve_asts": False})
    own = options._per_module_cache  # what mypy fills from the sections of a settings file
    assert own is not None
    own.update({f"{name}.*": light for name in (package, "msgspec", *standard(), "mypy_extensions")})


@contextmanager
def _alone() -> Iterator[None]:
    """Hide from mypy what it would look at of its own accord: the folder it runs in, and MYPYPATH."""
    here, path = Path.cwd(), os.environ.pop("MYPYPATH", None)
    os.chdir(STUBS)
    try:
        yield
    finally:
        os.chdir(here)
        if path is not None:
            os.environ["MYPYPATH"] = path
