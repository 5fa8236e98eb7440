"""Somebody who asks for something at the portal, as a browser would."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from itertools import cycle
from typing import Any
from uuid import UUID

import httpx2 as httpx

from examples.story.processes import until

YORK = {"line_1": "12 High Petergate", "city": "York", "postcode": "YO1 7EN"}
LEEDS = {"line_1": "4 Park Square", "city": "Leeds", "postcode": "LS1 2NE"}
LONDON = {"line_1": "9 Arnold Circus", "city": "London", "postcode": "E2 7JP"}


class Person:
    """A customer, or somebody about to become one."""

    def __init__(self, portal: httpx.Client, name: str = "Ada Lovelace") -> None:
        self._http = portal
        self.name = name
        self.customer_id = ""
        self.address: Mapping[str, str] = YORK
        self._houses = cycle((LEEDS, LONDON, YORK))

    def register(self) -> dict[str, Any]:
        """Become a customer."""
        given, _, family = self.name.partition(" ")
        form = {
            "name": {"given_names": given, "family_name": family},
            "date_of_birth": "1985-12-10",
            "email": f"{given.lower()}.{secrets.token_hex(2)}@customer.example",
            "address": self.address,
        }
        sent = self._post("/customers", form)
        self.customer_id = sent["customer_id"]
        return sent

    def insure(self) -> dict[str, Any]:
        """Ask what it costs to insure the house where one lives."""
        house = {
            "address": self.address,
            "built_in": 1923,
            "floor_area_m2": 112.5,
            "construction": "BRICK",
            "rebuild_cost": {"amount": "310000.00", "currency": "GBP"},
            "has_alarm": True,
        }
        return self._post(f"/customers/{self.customer_id}/quotes", {"house": house, "starts_on": "2027-01-01"})

    def move(self, address: Mapping[str, str], key: UUID | None = None, trace: str = "") -> dict[str, Any]:
        """Say that one has a new address; ``key`` tells a request that is made again, ``trace`` is a trace's id."""
        self.address = address
        headers = {} if key is None else {"idempotency-key": str(key)}
        if trace:
            headers["traceparent"] = f"00-{trace}-{secrets.token_hex(8)}-01"
        return self._post(
            f"/customers/{self.customer_id}/address", {"address": address, "effective_on": "2027-01-01"}, headers
        )

    def move_on(self) -> dict[str, Any]:
        """Move to the next house, which is always another one."""
        return self.move(next(self._houses))

    def answer(self, sent: Mapping[str, Any], seconds: float = 20.0) -> dict[str, Any]:
        """Wait for the answer to a command, and return it."""
        found: dict[str, Any] = {}

        def is_there() -> bool:
            found.update(self._http.get(f"/commands/{sent['command_id']}").json())
            return found["answer"] is not None

        until(is_there, seconds, f"{sent['command']} was not answered")
        answer: dict[str, Any] = found["answer"]
        return answer

    def _post(self, path: str, form: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        response = self._http.post(path, json=form, headers=headers)
        if response.status_code != 202:
            raise RuntimeError(f"{path}: {response.status_code} {response.text}")
        sent: dict[str, Any] = response.json()
        return sent
