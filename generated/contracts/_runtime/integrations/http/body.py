"""Bodies of requests and answers: Avro led by its fingerprint, or plain JSON for people with a command line."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ..catalogue import MAX_BODY

JSON: Final = "application/json"


def is_json(content_type: str) -> bool:
    """Return whether a header says that a body is JSON."""
    return content_type.partition(";")[0].strip().lower() == JSON


async def read(request: Request) -> bytes:
    """Return the body of a request. Raises HTTPException, answered with 413, for one that no contract needs."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"more than {MAX_BODY} bytes")
    return bytes(body)
