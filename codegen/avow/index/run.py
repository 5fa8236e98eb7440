"""Bring the index up to date and write its files: those that are committed, and the local copy for questions."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from avow.config import Project
from avow.finding import Finding
from avow.index import book
from avow.index.contents import Index
from avow.index.files import output, page, text
from avow.index.files.output import Changes
from avow.index.update import update
from avow.runtime.schema import Type


class Result(Struct, frozen=True):
    """What a run found: ``findings`` are errors in schemas, for which nothing was written."""

    index: Index
    findings: list[Finding]
    changes: Changes


def run(project: Project, *, check: bool = False, files: bool = True, older: Sequence[Type] = ()) -> Result:
    """Bring the index of a project up to date.

    Args:
        project: Whose index.
        check: Write no files that are committed, only say how far they are from what they should be.
        files: Whether the committed files matter at all; if not, only the local copy is written.
        older: Contracts as they once were, whose fields code may go on using; for what is not committed.

    Raises:
        AvowError: There is no folder of schemas, or no generated package though services use it.
        OSError: A file cannot be written.
    """
    updated = update(project, older)
    index = updated.index
    if updated.findings:
        return Result(index, updated.findings, Changes([], [], []))
    stamps = {name: note.stamp for name, note in updated.state.notes.items()}
    if updated.is_plain and (updated.is_new or not book.is_kept(project, stamps)):
        book.keep(project, index, stamps, updated.state.libraries)
    if not files:
        return Result(index, [], Changes([], [], []))
    texts = text.texts(index.facts, index.edges)
    texts[page.NAME] = page.page(index.catalogue, index.facts, project.settings.namespace)
    changes = output.compare(project.generated, texts)
    if changes and not check:
        output.apply(project.generated, texts, changes)
    return Result(index, [], changes)
