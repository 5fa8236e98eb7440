"""The text of a file as mypy gets it: line for line that of the file, with imports spelt the one way it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mypy.nativeparse import deserialize_imports, native_parse
from mypy.nodes import Import as Plain
from mypy.nodes import ImportAll, ImportBase, ImportFrom

from avow.index.code.modules import Modules
from avow.index.code.parsing import Import, decode, options

_SETTINGS = re.compile(r"^(\s*#\s*mypy)(?=:)", re.MULTILINE)
_NEW_TYPE = re.compile(
    r"""^(\w+\s*=\s*)(?:\w+\.)?NewType(\(\s*)["']\w+["']\s*,(\s*)(["']?)([\w.]+)\4\s*,?(\s*\))""", re.MULTILINE
)
"""At the top of a module. mypy fails on one of a class that is a data class by its metaclass, as contracts are."""


def source(name: str, text: bytes, imports: tuple[Import, ...], modules: Modules) -> str:
    """Return a file's text for mypy.

    Comments that set options of mypy have no effect: what is known must not depend on them. A new type is another name
    of the one that it is made of.
    """
    plain = _NEW_TYPE.sub(r"\1\2\3\5\6", _SETTINGS.sub(r"\1 ", decode(text)))
    if not any(_is_spelt_otherwise(name, each, modules) for each in imports):
        return plain
    return _respelt(name, plain, modules)


def _is_spelt_otherwise(name: str, each: Import, modules: Modules) -> bool:
    if each.level:
        return each.level > modules.depth(name)
    return any(modules.id(file) != dotted for dotted, file in modules.meant(name, each))


def _respelt(name: str, text: str, modules: Modules) -> str:
    tree, _, _ = native_parse(name, options(), text)
    lines = text.split("\n")
    statements = deserialize_imports(tree.raw_data.imports) if tree.raw_data else []
    for each in sorted(statements, key=lambda each: (each.line, each.column), reverse=True):
        _replace(lines, each, ", ".join(_said(name, each, modules)))
    return "\n".join(lines)


def _said(name: str, each: ImportBase, modules: Modules) -> Iterator[str]:
    """Yield what stands for an import: of a plain one, the names behind its keyword."""
    if isinstance(each, Plain):
        for module, alias in each.ids:
            yield from _plain(name, module, alias, modules)
    elif isinstance(each, ImportFrom):
        wanted = Import(each.id, each.relative, tuple(inner for inner, _ in each.names))
        home = _home(name, wanted, modules)
        yield f"from {home} import {', '.join(_named(inner, alias) for inner, alias in each.names)}"
    elif isinstance(each, ImportAll):
        yield f"from {_home(name, Import(each.id, each.relative), modules)} import *"


def _named(name: str, alias: str | None) -> str:
    return f"{name} as {alias}" if alias else name


def _plain(name: str, module: str, alias: str | None, modules: Modules) -> Iterator[str]:
    found = {dotted: modules.id(file) for dotted, file in modules.meant(name, Import(module))}
    if module not in found or found[module] == module:
        yield _named(module, alias)
        return
    if alias or "." not in module:
        yield _named(found[module], alias or module)
        return
    first = module.partition(".")[0]  # `import a.b` gives the name `a`
    yield from (found[module], _named(f"{found[module].removesuffix(module)}{first}", first))


def _home(name: str, each: Import, modules: Modules) -> str:
    """Return the module that names come from, as mypy knows it."""
    if each.level:
        return "." * each.level + each.module if each.level <= modules.depth(name) else "beyond_the_root"
    for dotted, file in modules.meant(name, each):
        known = modules.id(file)
        return known if dotted == each.module else known.rpartition(".")[0]
    return each.module


def _replace(lines: list[str], each: ImportBase, said: str) -> None:
    """Put a statement in the place of another, over as many lines."""
    first, last = each.line - 1, (each.end_line or each.line) - 1
    before, after = lines[first][: each.column], lines[last][each.end_column or 0 :]
    lines[first : last + 1] = [before + said + after, *[""] * (last - first)]
