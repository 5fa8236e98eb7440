"""What of the working tree differs from a baseline: only that is loaded, on both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec import Struct

from avow.check.baseline import Baseline
from avow.check.corpus import Corpus
from avow.errors import AvowError
from avow.finding import Place
from avow.load.contracts import contracts_in
from avow.load.source import Source
from avow.runtime.declare import Document
from avow.runtime.parse import parse_documents
from avow.runtime.schema import Record, named_types

_SAME = " "


class Difference(Struct, frozen=True):
    """A baseline as far as the working tree differs from it."""

    label: str
    touched: set[str]
    """Files of the working tree whose types differ, by their own text or by what they refer to."""
    contracts: dict[str, Record]
    """Contracts of the baseline in what differs, whole ones only, by full name."""
    gone: Mapping[str, Callable[[], Place]]
    """Those among them whose own file differs -> what looks up where they were."""
    broken: list[Source]
    """Files of the baseline, in what differs, that cannot be read."""


def difference(working: Corpus, baseline: Baseline) -> Difference:
    """Return what differs. Files are told by their content, so that one that has only moved is the same.

    Raises:
        AvowError: Nothing of the baseline can be read.
    """
    there = set(baseline.schemas.digests.values())
    here = set(working.digests.values())
    changed = {name for name, digest in working.digests.items() if digest not in there}
    gone = Corpus(baseline.schemas.read(name for name, mark in baseline.schemas.digests.items() if mark not in here))
    names = {full for name in gone.data for full in gone.facts(name).definitions}
    touched = working.touched(changed, names)
    # What is the same on both sides need not be fetched; the mark keeps it apart from what differs in one place.
    same = {f"{name}{_SAME}": name for name in working.data if name not in changed}
    old = gone.joined(working, same)
    wanted = old.closure([*gone.data, *(f"{name}{_SAME}" for name in touched - changed)])
    contracts, broken = _contracts(baseline, [old.source(name) for name in sorted(wanted)])
    places = {
        name: partial(gone.source(file).place, (*type_.at, "name"))
        for name, (file, type_) in contracts.items()
        if file in gone.data
    }
    types = {name: type_ for name, (_, type_) in contracts.items()}
    return Difference(baseline.label, touched, types, places, broken)


def _contracts(baseline: Baseline, sources: list[Source]) -> tuple[dict[str, tuple[str, Record]], list[Source]]:
    """Return the contracts that can be read, with their files, and the files that cannot: they were broken before."""
    schemas = parse_documents(Document(source.name, source.value, True) for source in sources if source.parsed)
    broken = {source.name for source in sources if source.findings or not source.parsed}
    broken |= {problem.document for problem in schemas.problems}
    if sources and broken == {source.name for source in sources} == {*baseline.schemas.digests}:
        what = f"none of the schemas of {baseline.label} can be read"
        raise AvowError(what, fix="Name another state of the project.")
    files = {name: found.document for name, found in schemas.declarations.by_name.items()}
    whole = {
        name: (files[name], type_)
        for name, type_ in contracts_in(schemas).items()
        if broken.isdisjoint(files[inner] for inner in named_types(type_))
    }
    return whole, [source for source in sources if source.name in broken]
