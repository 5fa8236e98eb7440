"""The files of the generated package: which there are, and their text.

What to write is decided here and in the views; templates only place strings that are ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avow.generate import integrations
from avow.generate.classes import INDENT, module_view
from avow.generate.codec import codec_view, version_view
from avow.generate.docs import WIDTH, one_line
from avow.generate.facts import Travel, VersionFacts
from avow.generate.layout import Home, Layout
from avow.generate.versions import Old
from avow.runtime.schema import Named

if TYPE_CHECKING:
    from jinja2 import Environment

API = {
    "AvroError": "_runtime.errors",
    "Change": "_runtime.difference",
    "DecodeError": "_runtime.errors",
    "Duration": "_runtime.record",
    "EncodeError": "_runtime.errors",
    "Record": "_runtime.record",
    "Symbol": "_runtime.record",
    "UnknownSchemaError": "_runtime.errors",
    "decode": "_api",
    "difference": "_runtime.difference",
    "encode": "_api",
    "errors": "errors:",
    "framing": "framing:",
    "from_json": "_plain",
    "testing": "testing:",
    "to_json": "_plain",
}
"""What stands at the top of the package, and the module that holds it; a module itself ends in a colon."""

RUNTIME = Path(__file__).parent.parent / "runtime"
MODULES = ("errors", "framing", "testing")
INTERNAL = ("_api", "_plain")


class Package:
    """The files of one generated package, by path below the folder ``generated``."""

    def __init__(
        self, name: str, layout: Layout, versions: Sequence[VersionFacts] = (), chosen: Sequence[str] = ()
    ) -> None:
        self.name = name
        self.chosen = sorted(set(chosen))
        self.homes = layout.homes
        self._versions: dict[str, list[VersionFacts]] = {}
        for version in versions:
            self._versions.setdefault(version.contract, []).append(version)
        self._members = layout.members()
        self._units: dict[str, list[Home]] = {}
        for home in sorted(layout.homes.values(), key=lambda home: home.name):
            self._units.setdefault(home.unit, []).append(home)

    def unit_paths(self, unit: str) -> list[str]:
        """Return the paths of a unit's modules: its codec, its classes, and those of its older versions."""
        versions = self._versions.get(unit, ())
        eras = {version.reader for version in versions} - {unit}
        modules = [
            *(module for root in (unit, *sorted(eras)) for module in self._modules(root)),
            *(self._version_module(unit, version.number) for version in versions),
            *([self._upcasts_module(unit)] if self.is_lifted(unit) else []),
        ]
        return [self._path(module) for module in modules]

    def _modules(self, unit: str) -> list[str]:
        return [self.homes[unit].codec, *sorted({home.module for home in self._units[unit]})]

    def _version_module(self, contract: str, number: int) -> str:
        return f"{self._beside(contract, '_versions')}_{number}"

    def _upcasts_module(self, contract: str) -> str:
        return self._beside(contract, "_upcasts")

    def _beside(self, contract: str, folder: str) -> str:
        return folder + self.homes[contract].codec.removeprefix("_codecs")

    def is_lifted(self, contract: str) -> bool:
        """Return whether something of a contract is lifted by its upcasters."""
        return any(version.lifts for version in self._versions.get(contract, ()))

    def paths(self) -> set[str]:
        """Return the paths of all files that the package consists of."""
        modules = {path for unit in self._units for path in self.unit_paths(unit)}
        return {*modules, *self._package_paths(), *self._fixed_paths(), *self._runtime_paths(), *self._facades()}

    def unit(self, unit: Named, types: Mapping[str, Named], source: str, number: int) -> Iterator[tuple[str, str]]:
        """Yield the modules of a unit: its codec, and its classes by package; ``number`` is its fingerprint."""
        modules: dict[str, list[Named]] = {}
        for home in self._units[unit.name]:
            modules.setdefault(home.module, []).append(types[home.name])
        for module, own in modules.items():
            view = module_view(self.name, module, source, own, self.homes)
            yield self._path(module), self._render("classes.py", m=view)
        codec = codec_view(self.name, unit, number, self.homes)
        yield self._path(self.homes[unit.name].codec), self._render("codec.py", c=codec)

    def version(self, old: Old) -> tuple[str, str]:
        """Return the module that decodes what an older version wrote."""
        module = self._version_module(old.contract, old.number)
        return self._path(module), self._render("codec.py", c=version_view(self.name, module, old, self.homes))

    def upcasts(self, contract: str, source: str, text: str) -> tuple[str, str]:
        """Return the module with the upcasters of a contract, given the file that they stand in and its text."""
        return self._path(
            self._upcasts_module(contract)
        ), f"# Copied from {one_line(source)} by avow; don't edit.\n{text}"

    def common(self, fingerprints: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Yield everything that is not of one unit but the runtime; ``fingerprints`` are those of the units."""
        for package, homes in self._every_package().items():
            template = "namespace.py" if package else "root.py"
            yield (
                self._path(".".join((*package, "__init__"))),
                self._render(template, p=self._package_view(package, homes)),
            )
        yield from ((path, "") for path in self._inner_packages())
        yield self._path("_versions.__init__"), self._render("versions.py", v=self._versions_view())
        yield self._path("_registry"), self._render("registry.py", r=self._registry_view(fingerprints))
        for module in INTERNAL:
            yield self._path(module), self._render(f"{module[1:]}.py", package=self.name)
        yield f"{self.name}/py.typed", ""
        for module in MODULES:
            yield self._path(module), self._render(f"{module}.py", package=self.name)
        distribution = {"package": self.name, "distribution": self.name.replace("_", "-")}
        extras = integrations.extras(self.chosen)
        yield "pyproject.toml", self._render("pyproject.toml", p={**distribution, "extras": extras})

    def runtime(self) -> Iterator[tuple[str, str]]:
        """Yield the runtime and the code of the chosen integrations, copied from the tool."""
        for path, source in self._copied():
            yield f"{self.name}/_runtime/{path}", source.read_text(encoding="utf-8")

    def integrations(self, travels: Mapping[str, Travel]) -> Iterator[tuple[str, str]]:
        """Yield what binds the chosen integrations to the contracts, of which ``travels`` says how they do."""
        rows, queries = integrations.channel_rows(travels), integrations.query_rows(travels)
        for path, template in self._facades().items():
            yield path, self._render(template, package=self.name, rows=rows, queries=queries)

    def refusing(self) -> tuple[str, str]:
        """Return the package's ``__init__`` as it is while other files change: importing it says so."""
        return self._path("__init__"), self._render("refusing.py")

    def _path(self, module: str) -> str:
        return f"{self.name}/{module.replace('.', '/')}.py"

    def _package_paths(self) -> Iterator[str]:
        yield from (self._path(".".join((*package, "__init__"))) for package in self._every_package())
        yield from self._inner_packages()

    def _inner_packages(self) -> Iterator[str]:
        """Yield the paths of the empty ``__init__`` of what nobody imports by name."""
        yield self._path("_codecs.__init__")
        yield from (
            self._path(".".join(("_codecs", *package, "__init__"))) for package in self._every_package() if package
        )
        inner = {self._version_module(contract, 0) for contract in self._versions}
        inner |= {self._upcasts_module(contract) for contract in self._versions if self.is_lifted(contract)}
        folders = {module.rpartition(".")[0] for module in inner}
        every = {
            ".".join(folder.split(".")[:length]) for folder in folders for length in range(1, folder.count(".") + 2)
        }
        yield from (self._path(f"{folder}.__init__") for folder in sorted(every - {"_versions"}))

    def _fixed_paths(self) -> Iterator[str]:
        yield from ("pyproject.toml", f"{self.name}/py.typed", self._path("_versions.__init__"))
        yield from (self._path(module) for module in ("_registry", *INTERNAL, *MODULES))

    def _runtime_paths(self) -> Iterator[str]:
        yield from (f"{self.name}/_runtime/{path}" for path, _ in self._copied())

    def _copied(self) -> Iterator[tuple[str, Path]]:
        yield from ((path.name, path) for path in sorted(RUNTIME.glob("*.py")))
        yield from integrations.sources(self.chosen)

    def _facades(self) -> dict[str, str]:
        """The modules that bind integrations to the contracts, by path, with their templates."""
        if not self.chosen:
            return {}
        modules = [(name, module) for name in self.chosen for module in integrations.FACADES[name]]
        return {
            self._path("_channels"): "channels.py",
            self._path("integrations.__init__"): "integrations/__init__.py",
            **{
                self._path(f"integrations.{name}.{module}"): f"integrations/{name}.{module}.py"
                for name, module in modules
            },
        }

    def _every_package(self) -> dict[tuple[str, ...], list[Home]]:
        """Every package with its types; those that only hold packages too, and the root."""
        paths = {path[:length] for path in self._members for length in range(len(path))} | {()}
        return {path: self._members.get(path, []) for path in sorted({*paths, *self._members})}

    def _package_view(self, package: tuple[str, ...], homes: list[Home]) -> dict[str, Any]:
        below = [path[-1] for path in self._every_package() if path and path[:-1] == package]
        lazy = {home.class_name: home.module for home in homes}
        lazy |= {name: f"{'.'.join((*package, name))}:" for name in below}
        if not package:
            lazy |= API
        imports = [_import(self.name, name, target) for name, target in sorted(lazy.items())]
        shown = ".".join(package)
        doc = f"Types of {shown}." if homes else f"Namespaces below {shown}."
        return {
            "doc": doc,
            "package": self.name,
            "is_wide": any(len(line) + INDENT > WIDTH for line in imports),
            "imports": sorted(imports),
            "lazy": sorted(lazy.items()),
            "names": sorted(lazy),
        }

    def _registry_view(self, fingerprints: Mapping[str, int]) -> dict[str, list[str]]:
        types = [
            f'"{home.name}": ("{home.module}", "{home.class_name}", "{home.codec}", "{home.unit}")'
            for home in sorted(self.homes.values(), key=lambda home: home.name)
        ]
        roots = [f'0x{number:016x}: "{unit}"' for unit, number in sorted(fingerprints.items())]
        return {"types": types, "roots": roots}

    def _versions_view(self) -> list[str]:
        rows = []
        for contract, versions in sorted(self._versions.items()):
            for version in versions:
                module = self._version_module(contract, version.number)
                lifts = "".join(f'"{self._upcasts_module(contract)}:{name}", ' for name in version.lifts)
                row = f'("{contract}", "{version.reader}", "{module}", ({lifts.rstrip(" ")}))'
                rows.append(f"0x{version.fingerprint:016x}: {row}")
        return rows

    def _render(self, template: str, **values: Any) -> str:
        return environment().get_template(f"{template}.j2").render(**values)


@cache
def environment() -> Environment:
    """Return the templates, which are compiled once a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        auto_reload=False,
    )


def _import(root: str, name: str, target: str) -> str:
    module = f"{root}.{target.removesuffix(':')}"
    if target.endswith(":"):
        module = module.rpartition(".")[0]
    return f"from {module} import {name} as {name}"
