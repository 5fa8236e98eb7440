"""What retention is told by the environment."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from contracts.integrations import service


class Settings(service.Settings, frozen=True, kw_only=True):
    """Retention: lists customers whose insurance gets much dearer, for somebody to call them."""

    port: Annotated[int, Meta(ge=0, le=65535, description="port of GET /health and GET /calls")] = 8014
    database_url: Annotated[str, Meta(description="where the list is kept")] = "sqlite:///retention.db"
    dearer: Annotated[float, Meta(gt=0, description="by which part of the old price one is called")] = 0.2
