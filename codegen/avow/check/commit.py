"""Which commit of a ref changes are held against."""

from __future__ import annotations

from avow.check.repository import Repository
from avow.errors import AvowError


def choose(repository: Repository, ref: str) -> tuple[str, str]:
    """Return a commit and how it was found, in words.

    That is the merge base with HEAD: what happened on the ref since HEAD left it is none of HEAD's changes. A
    shallow clone may not reach it. There the ref's tip will do where HEAD names it as a parent, as the merge
    commits do that CI makes of a pull request.

    Raises:
        AvowError: The ref is not known, or nothing leads from HEAD to it; its `fix` says what to fetch.
    """
    newest = tip(repository, ref)
    base = repository.ask("merge-base", "HEAD", newest)
    if base:
        return base, "its tip" if base == newest else "where HEAD left it"
    if newest in _parents(repository):
        return newest, "its tip and a parent of HEAD"
    if repository.is_shallow:
        what = f"this clone is shallow, and does not reach the commit where HEAD left {ref}"
        raise AvowError(what, fix=f"{_deepen(repository, ref)} In CI, check out with the whole history.")
    if repository.ask("rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise AvowError("HEAD has no commit yet, so it has left no other", fix="Commit first.")
    fix = f"Hold it against an archive of that commit: `git archive -o other.tar {ref}`, `--against other.tar`."
    raise AvowError(f"HEAD and {ref} have no commit in common", fix=fix)


def tip(repository: Repository, ref: str) -> str:
    """Return the commit that a ref names.

    Raises:
        AvowError: There is no such ref.
    """
    if not ref or ref.startswith("-") or "\0" in ref:
        raise AvowError(f"{ref!r} is no git ref, folder or archive", fix="Name a branch, such as origin/main.")
    found = _commit(repository, ref)
    if found is None:
        raise AvowError(f"there is no git ref, folder or archive {ref}", fix=_fetch(repository, ref))
    return found


def _commit(repository: Repository, ref: str) -> str | None:
    return repository.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def _parents(repository: Repository) -> list[str]:
    """Return what HEAD names as its parents, also where a shallow clone does not have them."""
    text = repository.ask("cat-file", "commit", "HEAD") or ""
    head = text.split("\n\n")[0].splitlines()
    return [line.removeprefix("parent ") for line in head if line.startswith("parent ")]


def _fetch(repository: Repository, ref: str) -> str:
    remotes = (repository.ask("remote") or "").split()
    remote, _, branch = ref.partition("/")
    if remote in remotes and branch:
        return f"Fetch it: `git fetch {remote} {branch}:refs/remotes/{ref}`"
    near = next((f"{name}/{ref}" for name in remotes if _commit(repository, f"{name}/{ref}")), "")
    if near:
        return f"Did you mean {near}?"
    if remotes:
        name = "origin" if "origin" in remotes else remotes[0]
        return f"Fetch it: `git fetch {name} {ref}:refs/remotes/{name}/{ref}`, then `--against {name}/{ref}`"
    return "`git branch --all` and `git tag` list what there is."


def _deepen(repository: Repository, ref: str) -> str:
    remotes = (repository.ask("remote") or "").split()
    remote = ref.partition("/")[0]
    name = remote if remote in remotes else "origin" if "origin" in remotes or not remotes else remotes[0]
    return f"Fetch the history: `git fetch --unshallow {name}`."
