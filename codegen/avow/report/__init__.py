"""Findings as text for people and as files for CI: one module a format, found here by its name.

A renderer takes findings in any order and returns the whole output; it never reads a file. To add a format,
add a module with a `render` and name it here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from avow.finding import Finding
from avow.report import github, gitlab, json_lines, junit, sarif, text
from avow.report.text import summary

__all__ = ["FORMATS", "Renderer", "summary"]

Renderer = Callable[[Sequence[Finding]], str]

FORMATS: dict[str, Renderer] = {
    "text": text.render,
    "json": json_lines.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
    "sarif": sarif.render,
}
