"""The query that customers answers: what there is to know of one customer."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from consumers.customers.store import Customers
from contracts.customers import GetCustomer, GetCustomerAnswer
from contracts.integrations.http import Answers
from contracts.integrations.outbox import reading


def answer_queries(answers: Answers, engine: Engine, customers: Customers) -> None:
    """Answer the queries."""

    @answers.handler(GetCustomer)
    async def get_customer(query: GetCustomer) -> GetCustomerAnswer:
        with reading(engine) as transaction:
            customer = customers.find(transaction, query.customer_id)
        if customer is not None and customer.version < (query.at_least_version or 0):
            customer = None
        return GetCustomerAnswer(customer=customer, as_of=datetime.now(UTC))
