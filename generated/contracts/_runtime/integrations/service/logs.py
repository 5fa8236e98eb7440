"""Logs: a line of JSON for each record, on standard output, with what the record says by name beside its text."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from .. import tracing

_OWN: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_SILENT: Final = ("httpx2", "httpcore2", "nats", "uvicorn.error", "opentelemetry")
"""Libraries that speak of what the service says better, or of each request."""


def set_up(service: str, level: str = "INFO") -> None:
    """Log everything of this process as lines of JSON."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL if name == "nats" else logging.WARNING)


class JsonLines(logging.Formatter):
    """A record as one line: time, level, service, logger, message, trace, and its ``extra`` by name."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname,
            "service": self._service,
            "logger": record.name,
            "message": record.getMessage(),
        }
        trace = tracing.context().get("traceparent", "")
        if trace:
            said["trace"] = trace.split("-")[1]
        said |= {name: value for name, value in record.__dict__.items() if name not in _OWN}
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(said, enc_hook=str).decode()
