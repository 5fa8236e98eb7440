"""A request as a step of the trace of whoever sent it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from .. import tracing

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


def traced(path: str, endpoint: Endpoint) -> Endpoint:
    """Return an endpoint that is a span; ``path`` is that of its route, in which parameters have their names."""

    async def answer(request: Request) -> Response:
        def describe() -> tracing.Described:
            return f"{request.method} {path}", {"http.request.method": request.method, "http.route": path}

        with tracing.span("SERVER", request.headers, describe):
            try:
                response = await endpoint(request)
            except HTTPException as refused:
                tracing.say({"http.response.status_code": refused.status_code})
                raise
            tracing.say({"http.response.status_code": response.status_code})
            return response

    return answer
