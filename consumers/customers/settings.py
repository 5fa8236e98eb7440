"""What customers is told by the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from contracts.integrations import service


class Settings(service.Settings, frozen=True, kw_only=True):
    """Customers: knows who lives where, and is the only one to change it."""

    port: Annotated[int, Meta(ge=0, le=65535, description="port of GET /health and of the query GetCustomer")] = 8011
    database_url: Annotated[str, Meta(description="where customers are kept, and what is to be sent")] = (
        "sqlite:///customers.db"
    )
    announce: Annotated[
        Literal["thin", "rich"], Meta(description="whether AddressChanged carries ids alone, or what most readers need")
    ] = "rich"
