"""What a frozen version is told by."""

from __future__ import annotations

from hashlib import sha256

from avow.runtime.canonical import canonical_form, fingerprint, schema_text
from avow.runtime.schema import Type


def checksum(data: bytes) -> str:
    """Return the checksum of a frozen file; git on Windows may have given its lines other ends."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def identity(type_: Type) -> str:
    """Return what a change is measured by: a digest of the schema inlined, without docs."""
    return sha256(schema_text(type_).encode()).hexdigest()


def mark(type_: Type) -> str:
    """Return the fingerprint that messages carry, as 16 hexadecimal digits."""
    return f"{fingerprint(canonical_form(type_)):016x}"
