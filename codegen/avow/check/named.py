"""What changes are held against: the schemas of another state of the project, without a checkout of it.

found = resolve(project, "origin/main")
found.schemas.digests        # file -> mark of its content, the one that git gives it
found.schemas.read(["..."])  # the bytes of some of the files
"""

from __future__ import annotations

from pathlib import Path

from avow.check.baseline import Baseline
from avow.config import Project


def resolve(project: Project, text: str, start: Path | None = None) -> Baseline:
    """Return the baseline that a user names: a folder or an archive that is there, else a git ref.

    Args:
        project: Whose changes are to be judged.
        text: What the user wrote.
        start: The folder that a path is relative to; None for the current one.

    Raises:
        AvowError: It cannot be read, is not known, or holds no schemas.
    """
    # Each takes its time to load, and one is needed at most.
    path = (start or Path()) / text if text and "\0" not in text else None
    if path is not None and path.is_dir():
        from avow.check import folder

        return folder.baseline(project, text, path)
    if path is not None and path.is_file():
        from avow.check import archive

        return archive.baseline(project, text, path)
    from avow.check import git

    return git.baseline(project, text)
