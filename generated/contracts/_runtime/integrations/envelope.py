"""What is said about a message beside its body: the context attributes of CloudEvents 1.0, in binary mode.

Sources: CloudEvents 1.0.2 and its Kafka binding; its NATS binding 1.0.3, which has the binary mode; the Partitioning
extension.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias
from urllib.parse import quote, unquote

from msgspec import Struct

Headers: TypeAlias = dict[str, str]

CONTENT_TYPE: Final = "application/avro"
_PLAIN: Final = "".join(map(chr, range(0x21, 0x7F))).replace('"', "").replace("%", "")
_LEGAL: Final = re.compile(r"[!#$&-~]*").fullmatch


class Envelope(Struct, frozen=True):
    """The attributes of an event.

    ``id`` is the same each time that a message is repeated, ``type`` the full name of its contract, ``source`` the
    service that sent it, ``key`` what it is in order by (``partitionkey``), ``time`` RFC 3339.
    """

    id: str
    type: str
    source: str
    time: str = ""
    key: str | None = None


def quoted(text: str) -> str:
    """Return text as a header of NATS can hold it; most of it as it is."""
    return text if _LEGAL(text) else quote(text, _PLAIN)


def now() -> str:
    """Return the time as CloudEvents write it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


class Binding:
    """How a broker's headers carry the attributes."""

    def __init__(self, prefix: str, content_type: str, *, escapes: bool) -> None:
        self._content_type = content_type
        self._escapes = escapes
        self._id, self._type, self._source, self._time, self._key, self._version = (
            prefix + name for name in ("id", "type", "source", "time", "partitionkey", "specversion")
        )

    def write(self, envelope: Envelope) -> Headers:
        """Return the headers of a message."""
        text = quoted if self._escapes else str
        headers = {
            self._version: "1.0",
            self._id: text(envelope.id),
            self._type: text(envelope.type),
            self._source: text(envelope.source),
            self._time: text(envelope.time),
            self._content_type: CONTENT_TYPE,
        }
        if envelope.key is not None:
            headers[self._key] = text(envelope.key)
        return headers

    def read(self, headers: Mapping[str, str]) -> Envelope:
        """Return the attributes of a message, empty where it has none.

        Raises UnicodeDecodeError where an escaped value is no UTF-8.
        """
        names = (self._id, self._type, self._source, self._time, self._key)
        id_, type_, source, time, key = (self._value(headers.get(name)) for name in names)
        return Envelope(id_ or "", type_ or "", source or "", time or "", key)

    def _value(self, text: str | None) -> str | None:
        if text is None or not self._escapes:
            return text
        if len(text) > 1 and text[0] == text[-1] == '"':  # as older versions of the binding allow
            text = re.sub(r"\\(.)", r"\1", text[1:-1])
        return unquote(text, errors="strict") if "%" in text else text


KAFKA: Final = Binding("ce_", "content-type", escapes=False)
NATS: Final = Binding("ce-", "ce-datacontenttype", escapes=True)
