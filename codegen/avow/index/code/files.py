"""Which Python files a repository's services consist of, and which service a file belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.msgpack import encode

from avow.config import Project, Settings
from avow.index.code.listing import Folders, Stamp, Waiting, begin, go_on

_MANY = 100
"""So many folders of services are worth processes of their own to list them."""


def code_files(project: Project, libraries: Iterable[str] = ()) -> dict[str, Stamp]:
    """Return the stamp of each Python file of the services by its name, relative to the project root.

    Args:
        project: Whose services.
        libraries: Further files and folders at the root that services import, by name.
    """
    found, waiting = begin(project, libraries)
    folders = found | go_on(project, waiting)
    return {f"{folder}{file}": (time, size, node) for folder, own in folders.items() for file, time, size, node in own}


def code_digest(project: Project, libraries: Iterable[str]) -> bytes:
    """Return the digest of all stamps as they are now, as fast as it can be had."""
    found, waiting = begin(project, libraries)
    return _digest([*_digests(found), *_below(project, waiting)])


def digest_of(stamps: Mapping[str, Stamp]) -> bytes:
    """Return the digest of stamps that were found before."""
    folders: Folders = {}
    for name, stamp in stamps.items():
        end = name.rfind("/") + 1
        folders.setdefault(name[:end], []).append((name[end:], *stamp))
    return _digest(_digests(folders))


def _below(project: Project, waiting: Waiting) -> Iterable[tuple[str, bytes]]:
    if len(waiting) < _MANY:
        return _digests(go_on(project, waiting))
    from avow.index.children import spread

    def work(folders: Sequence[tuple[str, str]]) -> list[list[tuple[str, bytes]]]:
        return [list(_digests(go_on(project, [folder]))) for folder in folders]

    return (row for rows in spread(waiting, work, lambda _: [], list[tuple[str, bytes]], _MANY) for row in rows)


def _digests(folders: Folders) -> Iterator[tuple[str, bytes]]:
    for name, own in folders.items():
        if own:
            yield name, hashlib.blake2b(encode(sorted(own)), digest_size=16).digest()


def _digest(digests: Iterable[tuple[str, bytes]]) -> bytes:
    return hashlib.blake2b(encode(sorted(digests)), digest_size=16).digest()


def is_of_services(name: str, settings: Settings) -> bool:
    """Return whether a file is below producers/ or consumers/, and not a library beside them."""
    return any(name.startswith(f"{side}/") for side in (settings.producers, settings.consumers))


def service_of(name: str, settings: Settings) -> str:
    """Return the service that a file belongs to: the folder below producers/ or consumers/; else nothing."""
    for side in (settings.producers, settings.consumers):
        if name.startswith(f"{side}/"):
            first = name[len(side) + 1 :].partition("/")[0]
            return first.removesuffix(".py") if first != "__init__.py" else ""
    return ""


def is_test(name: str) -> bool:
    """Return whether a file holds tests of a service, which say nothing of what the service does."""
    *folders, file = name.split("/")
    stem = file.removesuffix(".py")
    if stem.startswith("test_") or stem.endswith("_test") or stem == "conftest":
        return True
    return not {"tests", "test"}.isdisjoint(folders)
