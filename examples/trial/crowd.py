"""People at the portal. Who gets no answer asks again, with the same key, until they are heard.

For cars the portal has no form: an agent asks for them, who knows the contract and sends the command to the broker.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import httpx2 as httpx

from contracts.integrations.faststream import Bus
from contracts.policies import Vehicle
from contracts.quoting import RequestQuote
from contracts.shared import Product
from contracts.testing import sample
from examples.trial.plan import Plan, Step
from examples.trial.postbox import NOBODY
from examples.trial.stage import patiently

_WAIT = 0.2


class Crowd:
    """Sends what the plan says. Each person asks for one thing after the other, many people at once."""

    def __init__(self, portal: str, agent: Bus, plan: Plan) -> None:
        self.plan = plan
        self._agent = agent
        self.customers: dict[int, UUID] = {}
        self.accepted = 0
        self.moves = 0
        self.again = 0
        self.pressed_twice = 0
        self._http = httpx.AsyncClient(base_url=portal, timeout=20, limits=httpx.Limits(max_connections=40))
        self._turns: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def register(self, person: int) -> None:
        """Become a customer."""
        form = {
            "name": {"given_names": "Person", "family_name": f"Number{person}"},
            "date_of_birth": "1985-12-10",
            "email": self.email(person),
            "address": _address("0 High Petergate", "YO1 7EN"),
        }
        sent = await self._post("/customers", form, uuid5(NAMESPACE_OID, f"{self.plan.seed} register {person}"))
        self.customers[person] = UUID(sent["customer_id"])

    def email(self, person: int) -> str:
        """Return where a person reads emails; the first of them has an address that no mail server knows."""
        return NOBODY if person == 0 else f"person{person}@customer.example"

    async def insure(self, person: int) -> None:
        """Ask what it costs to insure the house where one lives."""
        house = {
            "address": _address("0 High Petergate", "YO1 7EN"),
            "built_in": 1923,
            "floor_area_m2": 112.5,
            "construction": "BRICK",
            "rebuild_cost": {"amount": "310000.00", "currency": "GBP"},
            "has_alarm": True,
        }
        key = uuid5(NAMESPACE_OID, f"{self.plan.seed} insure {person}")
        await self._post(
            f"/customers/{self.customers[person]}/quotes", {"house": house, "starts_on": "2027-01-01"}, key
        )

    async def move(self, step: Step) -> None:
        """Say that one has a new address."""
        form = {"address": _address(step.line_1, step.postcode), "effective_on": "2027-01-01"}
        key = self.plan.command_id(step)
        async with self._turns[step.person]:
            for _ in range(1 + step.is_repeated):
                await self._post(f"/customers/{self.customers[step.person]}/address", form, key)
            if step.is_wish:
                await self._wish(step)
        self.accepted += 1
        self.moves += not step.is_refused
        self.pressed_twice += step.is_repeated

    async def _wish(self, step: Step) -> None:
        """Ask what it costs to insure a car, in two messages: it is one command."""
        command = RequestQuote(
            command_id=self.plan.wish_id(step),
            quote_id=self.plan.wish_id(step),
            customer_id=self.customers[step.person],
            product=Product.MOTOR,
            subject=sample(Vehicle),
            starts_on=date(2027, 1, 1),
            requested_at=datetime.now(UTC),
        )
        for number in range(2):
            id_ = f"{command.command_id}-{number}"
            await patiently(lambda id_=id_: self._agent.publish(command, message_id=id_))  # type: ignore[misc]

    async def close(self) -> None:
        """Go home."""
        await self._http.aclose()

    async def _post(self, path: str, form: Any, key: UUID) -> dict[str, Any]:
        while True:
            try:
                response = await self._http.post(path, json=form, headers={"idempotency-key": str(key)})
                if response.status_code == 202:
                    sent: dict[str, Any] = response.json()
                    return sent
                if response.status_code < 500:
                    raise RuntimeError(f"{path}: {response.status_code} {response.text}")
            except (httpx.HTTPError, OSError):
                pass
            self.again += 1
            await asyncio.sleep(_WAIT)


def _address(line_1: str, postcode: str) -> dict[str, str]:
    return {"line_1": line_1, "city": "York", "postcode": postcode}
