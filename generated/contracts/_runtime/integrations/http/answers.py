"""Answering: a handler a query, at the path that the channel of its contract says."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ...errors import DecodeError
from ...plain import Plain
from ...record import Record
from .. import tracing
from ..catalogue import Catalogue
from ..envelope import CONTENT_TYPE
from ..errors import DatabaseError
from .body import JSON, is_json, read
from .paths import path_of

Q = TypeVar("Q", bound=Record)
A = TypeVar("A", bound=Record)

log = logging.getLogger(__name__)

_FINGERPRINT: Final = re.compile("[0-9a-f]{16}").fullmatch


class Answers:
    """The queries that one service answers, as routes for a `Web` or any other Starlette application.

    Attributes:
        routes: One a query, and one that says schemas by fingerprint, to whoever knows another version of an answer.
        counts: How often each query was answered, by full name.
    """

    catalogue: Catalogue
    plain: Plain
    paths: Mapping[str, str]

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.routes = [Route("/schemas/{fingerprint}", self._schema, methods=["GET"])]

    def handler(self, query: type[Q]) -> Callable[[Callable[[Q], Awaitable[A]]], Callable[[Q], Awaitable[A]]]:
        """Decorate what answers a query. Raises NoChannelError where its contract is no query with a channel."""
        path = path_of(self.paths, query)

        def register(handler: Callable[[Q], Awaitable[A]]) -> Callable[[Q], Awaitable[A]]:
            async def endpoint(request: Request) -> Response:
                return await self._answer(request, query, handler)

            self.routes.append(Route(path, endpoint, methods=["POST"]))
            return handler

        return register

    async def _answer(self, request: Request, query: type[Q], handler: Callable[[Q], Awaitable[A]]) -> Response:
        tracing.say({"cloudevents.event_type": query.__avro__})
        is_plain = is_json(request.headers.get("content-type", ""))
        asked = self._decode(await read(request), query, is_plain)
        try:
            answer = await handler(asked)
        except DatabaseError as error:
            log.warning("%s cannot be answered now: %s", query.__avro__, error)
            raise HTTPException(503, "not now", {"retry-after": "1"}) from None
        self.counts[query.__avro__] += 1
        if is_plain:
            return Response(self.plain.to_json(answer), media_type=JSON)
        return Response(self.catalogue.encode(answer)[1], media_type=CONTENT_TYPE)

    def _decode(self, body: bytes, query: type[Q], is_plain: bool) -> Q:
        try:
            return self.plain.from_json(query, body) if is_plain else self.catalogue.codec.decode(body, query)
        except DecodeError as error:
            raise HTTPException(400, str(error)) from None

    async def _schema(self, request: Request) -> Response:
        """Say which schema of today has a fingerprint."""
        asked = request.path_params["fingerprint"]
        text = self.catalogue.text_of(int(asked, 16)) if _FINGERPRINT(asked) else None
        if text is None:
            raise HTTPException(404, "no schema here has that fingerprint")
        return PlainTextResponse(text, media_type=JSON)
