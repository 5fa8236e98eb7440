"""Files of the cache: written in one step, with a digest in front that tells when one is damaged."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.msgpack import encode

from avow.cache import make_folder

_SIZE = 16


def write(path: Path, value: object) -> None:
    """Write a value; where that cannot be done, there is no such file, which is no error."""
    try:
        make_folder(path.parent)
        content = encode(value)
        temporary = path.with_suffix(".new")  # always the same, so that what a kill leaves is overwritten
        temporary.write_bytes(_digest(content) + content)
        temporary.replace(path)
    except OSError:
        pass


def read(path: Path) -> bytes:
    """Return the content of a file, to be decoded; nothing where it is missing or damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return b""
    return content[_SIZE:] if content[:_SIZE] == _digest(content[_SIZE:]) else b""


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE).digest()
