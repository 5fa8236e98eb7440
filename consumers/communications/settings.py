"""What communications is told by the environment."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from contracts.integrations import service


class Settings(service.Settings, frozen=True, kw_only=True):
    """Communications: writes to customers, by email."""

    port: Annotated[int, Meta(ge=0, le=65535, description="port of GET /health")] = 8013
    database_url: Annotated[str, Meta(description="where emails are recorded, and what is to be sent")] = (
        "sqlite:///communications.db"
    )
    smtp_host: Annotated[str, Meta(description="the mail server")] = "127.0.0.1"
    smtp_port: Annotated[int, Meta(ge=1, le=65535, description="its port")] = 8025
    smtp_timeout: Annotated[float, Meta(gt=0, description="seconds that it may take")] = 10.0
    sender: Annotated[str, Meta(description="address that emails come from")] = "quotes@insurance.example"
