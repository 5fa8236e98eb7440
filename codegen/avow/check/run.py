"""Run the check over a project."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from avow.check import eras, kept
from avow.check.baseline import Baseline
from avow.check.contracts import Held
from avow.check.corpus import working
from avow.check.difference import Difference, difference
from avow.check.excused import report
from avow.check.named import resolve
from avow.check.released import Released, removed
from avow.check.scope import remember, scope
from avow.check.usage import Ask, Usage
from avow.check.verdict import Verdict
from avow.config import Project
from avow.errors import AvowError
from avow.finding import Finding
from avow.frozen import Frozen
from avow.lint.subject import Subject
from avow.load.contracts import contracts_in, may_be_in
from avow.load.tree import Tree


def run(
    project: Project,
    against: Sequence[str | Baseline] = (),
    *,
    today: date | None = None,
    ask: Ask | None = None,
) -> list[Finding]:
    """Return all that is wrong with the changes of the working tree, in no order.

    Args:
        project: Whose schemas.
        against: What to hold them against besides what is released: git refs, folders, archives.
        today: The day on which exceptions have to hold; None for that of the clock.
        ask: Finds out who uses the contracts, such as `avow.impact.usage` of the project; None to leave that out.

    Raises:
        AvowError: There is nothing to hold them against, or it cannot be read.
    """
    baselines = [resolve(project, each) if isinstance(each, str) else each for each in against]
    day = today or date.today()
    files = working(project)
    differences = [difference(files, each) for each in baselines]
    usage = ask([old for each in differences for old in each.contracts.values()]) if ask else None
    looked = scope(project, files, differences, day, usage)
    if not baselines and not looked.released.histories and not looked.released.findings and not looked.others:
        fix = "Freeze what there is with `avow release`, or name a state of the project: `--against origin/main`."
        raise AvowError("nothing is released, so there is nothing to hold the schemas against", fix=fix)
    history = Released(project, looked.released, looked.current)
    found = _findings(project, looked.tree, history, differences, day, usage=usage)
    found += [*looked.findings, *kept.findings(project, baselines, looked.lists)]
    if not found and history.frozen.histories:
        remember(project, files, looked, eras.files(project, looked.tree, history))
    return found


def judge(
    project: Project,
    released: Frozen,
    tree: Tree,
    *,
    today: date | None = None,
    new_eras: Collection[str] = (),
    only: Collection[str] | None = None,
    usage: Usage | None = None,
) -> list[Finding]:
    """Return what is wrong with contracts as against what is released; that nothing is released is fine here.

    Args:
        project: Whose schemas.
        released: What is released, as `frozen.read` returns it.
        tree: All schemas of the project.
        today: The day on which exceptions have to hold; None for that of the clock.
        new_eras: Contracts that are about to begin an era, which are not held against their released versions.
        only: The contracts to be judged, by full name; None for all, and for what is gone.
        usage: Who uses them, as `avow.impact.usage` finds out; None where nobody is to be asked.
    """
    history = Released(project, released, frozenset(contracts_in(tree.schemas)), frozenset(new_eras))
    return _findings(project, tree, history, [], today or date.today(), only, usage)


def _findings(
    project: Project,
    tree: Tree,
    history: Released,
    differences: Sequence[Difference],
    today: date,
    only: Collection[str] | None = None,
    usage: Usage | None = None,
) -> list[Finding]:
    subject = Subject(project, tree)
    held = Held(subject, history, differences, only, asks_for_uses=usage is not None)
    removed_ones = _removed(subject, history, held, differences) if only is None else ()
    changed = report(subject, held, [*held.verdicts(), *removed_ones], today, usage)
    return [*history.frozen.findings, *tree.findings, *changed, *eras.findings(project, tree, history)]


def _removed(subject: Subject, history: Released, held: Held, differences: Sequence[Difference]) -> Iterator[Verdict]:
    """Yield the contracts that are gone, each once; those that a broken file may still define are not known."""
    found = [*removed(history, held.contracts, subject.tree.files), *held.removed(differences)]
    broken = [subject.tree.sources[file] for file in subject.broken if file in subject.tree.sources]
    seen: set[str] = set()
    for verdict in found:
        if verdict.contract not in seen and not may_be_in(verdict.contract, broken):
            seen.add(verdict.contract)
            yield verdict
