"""Asking: a query goes to the service that answers it, and the answer comes back as today's class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

import httpx2 as httpx

from ...errors import DecodeError, UnknownSchemaError
from ...record import Record
from .. import tracing
from ..catalogue import Catalogue, fingerprint_of
from ..envelope import CONTENT_TYPE
from ..errors import RefusedError, UnavailableError
from .paths import path_of

A = TypeVar("A", bound=Record)

_MOST: Final = 1000
"""Schemas of others that are kept: a server could name any number."""


class Client:
    """Asks one service. How often to ask again, and when to stop asking for a while, is for its user to say.

    Args:
        url: Where the service is, such as ``http://127.0.0.1:8011``.
        timeout: Seconds for each of connecting, sending and receiving.
    """

    catalogue: Catalogue
    paths: Mapping[str, str]

    def __init__(self, url: str, *, timeout: float = 5.0) -> None:
        self._url = httpx.URL(url)
        self._http = httpx.AsyncClient(base_url=url, timeout=timeout)
        self._schemas: dict[int, str] = {}

    async def ask(self, query: Record, answer: type[A]) -> A:
        """Ask, and return the answer.

        Raises UnavailableError where the service cannot be reached, is too slow or has a failure of its own, and
        RefusedError where it does not take the query, or says what is no such answer.
        """
        path = path_of(self.paths, type(query))

        def describe() -> tracing.Described:
            return f"POST {path}", {
                "http.request.method": "POST",
                "server.address": self._url.host,
                "server.port": self._url.port or 0,
                "cloudevents.event_type": query.__avro__,
            }

        with tracing.span("CLIENT", {}, describe):
            headers = {"content-type": CONTENT_TYPE, **tracing.context()}
            body = await self._request("POST", path, content=self.catalogue.encode(query)[1], headers=headers)
            return await self._decode(body, answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _request(
        self, method: str, path: str, content: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> bytes:
        try:
            response = await self._http.request(method, path, content=content, headers=headers)
        except (httpx.HTTPError, OSError) as error:
            raise UnavailableError(f"{self._url}{path}: {type(error).__name__}: {error}") from error
        tracing.say({"http.response.status_code": response.status_code})
        if response.status_code >= 500 or response.status_code == 429:
            raise UnavailableError(f"{self._url}{path}: {response.status_code} {response.text[:200]}")
        if response.status_code != 200:
            raise RefusedError(f"{self._url}{path}: {response.status_code} {response.text[:500]}")
        return response.content

    async def _decode(self, body: bytes, answer: type[A]) -> A:
        """Decode what the service said; of a schema that is newer than ours it is asked itself."""
        decode = self.catalogue.codec.decode
        try:
            try:
                return decode(body, answer, resolver=self._schemas.get)
            except UnknownSchemaError:
                await self._look_up(fingerprint_of(body))
                return decode(body, answer, resolver=self._schemas.get)
        except DecodeError as error:
            raise RefusedError(f"{self._url}: {error}") from error

    async def _look_up(self, number: int | None) -> None:
        if number is None:
            return
        text = await self._request("GET", f"/schemas/{number:016x}")
        if len(self._schemas) >= _MOST:
            self._schemas.clear()
        self._schemas[number] = text.decode("utf-8", "replace")
