"""Calling customers back: with a timeout, some retries, and an end to calling while it is down."""

from __future__ import annotations

from uuid import UUID

import stamina
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState

from consumers.quoting.known import Known, needed
from contracts.customers import GetCustomer, GetCustomerAnswer
from contracts.integrations.http import Client, RefusedError, UnavailableError

_FAILURES = 5
_REST = 1.0
"""Seconds without any call after that many failures in a row; then one call finds out."""


class Upstream:
    """What customers answers. A service that is down is asked three times, and then left alone for a while."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._circuits = AsyncCircuitBreakerFactory(_FAILURES, _REST, exclude=[RefusedError])
        self._attempts = stamina.AsyncRetryingCaller(attempts=3, timeout=5.0, wait_initial=0.05, wait_max=0.5)

    async def find(self, customer_id: UUID, at_least_version: int | None = None) -> Known:
        """Ask for a customer. Raises UnavailableError, and LookupError where there is none of that version."""
        query = GetCustomer(customer_id=customer_id, at_least_version=at_least_version)
        answer = await self._attempts(UnavailableError, self._ask, query)
        if answer.customer is None:
            raise LookupError(f"customers knows no customer {customer_id} of version {at_least_version or 1} or newer")
        return needed(answer.customer)

    async def _ask(self, query: GetCustomer) -> GetCustomerAnswer:
        circuit = await self._circuits.get_breaker("customers")
        try:
            async with circuit:
                return await self._client.ask(query, GetCustomerAnswer)
        except OpenedState as error:
            raise CircuitOpenError(str(error)) from None


class CircuitOpenError(Exception):
    """Customers has failed too often just now to be asked again."""
