"""Writers' schemas by fingerprint, held by the broker, so that services can be deployed in either order.

A writer puts its schema there before its first message; a reader that meets a fingerprint it does not know looks
there, and reads the message as Avro resolves the two.
"""

from __future__ import annotations

from typing import Any, Final

from ...errors import UnknownSchemaError
from ..catalogue import Catalogue, fingerprint_of
from .tables import SCHEMAS
from .transport import Row, Transport

_MOST: Final = 1000
"""Schemas of others that are kept: who may write to the store could offer any number."""


class Schemas:
    """The store of schemas, as one service sees it."""

    def __init__(self, transport: Transport, catalogue: Catalogue) -> None:
        self._table = transport.table(SCHEMAS)
        self._catalogue = catalogue
        self._texts: dict[int, str] = {}

    async def publish(self, name: str) -> None:
        """Put the schema of a contract there, unless it is. Raises BrokerError."""
        fingerprint, text = self._catalogue.schema_of(name)
        there = await self._table.get(fingerprint)
        if there is None or there.value != text.encode():
            await self._table.put(Row(fingerprint, [], text.encode()))

    async def decode(self, body: bytes) -> Any:
        """Return the event in a body, by whomever it was written.

        Raises DecodeError, UnknownSchemaError where neither the package nor the store knows the writer, BrokerError.
        """
        try:
            return self._catalogue.codec.decode(body, resolver=self._texts.get)
        except UnknownSchemaError:
            number = fingerprint_of(body)
            if number is None or not await self._look_up(number):
                raise
        return self._catalogue.codec.decode(body, resolver=self._texts.get)

    async def _look_up(self, number: int) -> bool:
        row = await self._table.get(f"{number:016x}")
        if row is None:
            return False
        if len(self._texts) >= _MOST:
            self._texts.clear()
        self._texts[number] = row.value.decode("utf-8", "replace")
        return True
