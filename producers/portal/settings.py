"""What the portal is told by the environment."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from contracts.integrations import service


class Settings(service.Settings, frozen=True, kw_only=True):
    """Portal: takes what people ask for, and sends it as commands to the services that can do it."""

    port: Annotated[int, Meta(ge=0, le=65535, description="port for people, and of GET /health")] = 8010
    database_url: Annotated[str, Meta(description="where commands are kept, and what is to be sent")] = (
        "sqlite:///portal.db"
    )
