"""What people can ask for, by HTTP and JSON. Each request is a command; its answer comes later, so 202.

An ``Idempotency-Key``, a UUID, is the command's id: a request that is sent again with it is the same request.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID, uuid4

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts import EncodeError
from contracts.integrations.http import read
from contracts.integrations.outbox import DatabaseError, TooLargeError
from producers.portal.desk import Command, Desk, Sent
from producers.portal.forms import HouseToInsure, Move, Registration

T = TypeVar("T")


def routes(desk: Desk) -> list[Route]:
    """Return what people can ask for."""

    async def register(request: Request) -> Response:
        form = await _form(request, Registration)
        return accept(form.command(_command_id(request), uuid4()))

    async def move(request: Request) -> Response:
        form = await _form(request, Move)
        return accept(form.command(_command_id(request), _uuid(request.path_params["customer_id"])))

    async def insure(request: Request) -> Response:
        form = await _form(request, HouseToInsure)
        return accept(form.command(_command_id(request), _uuid(request.path_params["customer_id"])))

    async def look(request: Request) -> Response:
        found = desk.find(_uuid(request.path_params["command_id"]))
        if found is None:
            raise HTTPException(404, "no such command")
        return _json(found, 200)

    def accept(command: Command) -> Response:
        try:
            return _json(desk.send(command), 202)
        except EncodeError as error:
            raise HTTPException(422, str(error)) from None
        except TooLargeError as error:
            raise HTTPException(413, str(error)) from None
        except DatabaseError:
            raise HTTPException(503, "not now", {"retry-after": "1"}) from None

    return [
        Route("/customers", register, methods=["POST"]),
        Route("/customers/{customer_id}/address", move, methods=["POST"]),
        Route("/customers/{customer_id}/quotes", insure, methods=["POST"]),
        Route("/commands/{command_id}", look, methods=["GET"]),
    ]


async def _form(request: Request, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(await read(request), type=kind)
    except msgspec.DecodeError as error:
        raise HTTPException(422, str(error)) from None


def _command_id(request: Request) -> UUID:
    key = request.headers.get("idempotency-key")
    return uuid4() if key is None else _uuid(key)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise HTTPException(400, f"{text[:50]!r} is no UUID") from None


def _json(sent: Sent, status: int) -> Response:
    answer = msgspec.Raw(b"null" if sent.answer is None else sent.answer.encode())
    body = msgspec.json.encode(
        {"command": sent.command, "command_id": sent.command_id, "customer_id": sent.customer_id, "answer": answer}
    )
    headers = {"location": f"/commands/{sent.command_id}"}
    return Response(body, status, headers, media_type="application/json")
