"""What quoting is told by the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from contracts.integrations import service


class Settings(service.Settings, frozen=True, kw_only=True):
    """Quoting: makes quotes, and a new one when the owner of an insured house moves."""

    port: Annotated[int, Meta(ge=0, le=65535, description="port of GET /health")] = 8012
    database_url: Annotated[str, Meta(description="where quotes and houses are kept, and what is to be sent")] = (
        "sqlite:///quoting.db"
    )
    style: Annotated[
        Literal["notification", "state-transfer"],
        Meta(description="how it knows customers: calls them back, or keeps a replica"),
    ] = "notification"
    customers_url: Annotated[str, Meta(description="where customers answers, for the style notification")] = (
        "http://127.0.0.1:8011"
    )
    timeout: Annotated[float, Meta(gt=0, description="seconds that a call of customers may take")] = 2.0
