"""Turn what the parser finds at JSON paths into findings at lines and columns, in the words of this tool."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from avow.config import Project
from avow.finding import Finding, Place
from avow.load.files import file_of
from avow.load.inspect import at_path, trail
from avow.load.source import Source
from avow.runtime.names import full_name
from avow.runtime.problem import Problem, show
from avow.runtime.schema import short_name

_NAME = re.compile(r'"name"\s*:\s*"([^"\n]*)"')


def located(problems: Iterable[Problem], sources: Mapping[str, Source], project: Project) -> list[Finding]:
    """Return an error for each problem of the parser."""
    lost: dict[str, list[str]] | None = None
    found = []
    for problem in problems:
        if problem.rule == "UNKNOWN_TYPE":
            lost = _lost(sources) if lost is None else lost
            found.append(_unknown(problem, sources, lost, project) if lost else _finding(problem, sources))
        else:
            found.append(_finding(problem, sources))
    return found


def sentence(text: str) -> str:
    """Return a fix as this tool writes it: a capital first, a full stop behind a word."""
    if not text:
        return text
    return text[0].upper() + text[1:] + ("." if text[-1].isalnum() or text[-1] == ")" else "")


def _finding(problem: Problem, sources: Mapping[str, Source]) -> Finding:
    related = () if problem.other is None else (sources[problem.other[0]].place(problem.other[1]),)
    return Finding(
        rule=problem.rule,
        severity="error",
        place=sources[problem.document].place(problem.at),
        message=problem.message,
        fix=sentence(problem.fix),
        related=related,
    )


def _lost(sources: Mapping[str, Source]) -> dict[str, list[str]]:
    """Return the names that stand in each file that could not be parsed, as far as its text shows them."""
    return {name: _NAME.findall(source.text) for name, source in sources.items() if not source.parsed}


def _unknown(
    problem: Problem, sources: Mapping[str, Source], lost: Mapping[str, list[str]], project: Project
) -> Finding:
    """Say of a name that is missing only because of a file that could not be parsed that it is so."""
    source = sources[problem.document]
    name = at_path(source.value, problem.at)
    full = full_name(name, trail(source.value, problem.at).around)
    home = file_of(project, full)
    file = home if home in lost else next((file for file in lost if {full, short_name(full)} & {*lost[file]}), "")
    if not file:
        return _finding(problem, sources)
    return Finding(
        rule=problem.rule,
        severity="error",
        place=source.place(problem.at),
        message=f"{show(name)} is not known, since {file} could not be read",
        fix="Mend that file first.",
        related=(Place(file, 1, 1),),
    )
