"""A transaction is a step of the trace in which it runs, from its lock to what makes it durable."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from .. import tracing

_SPAN: Final = "avow_span"


def watch(engine: Engine) -> None:
    """Make a span of each transaction that runs inside of another span.

    It ends when the connection goes back to the pool: SQLAlchemy tells of a commit before it makes it.
    """
    tracing.look()
    name = (engine.url.database or "").rpartition("/")[2]
    said = {"db.system.name": engine.url.get_backend_name(), "db.namespace": name}

    def begin(connection: Connection) -> None:
        end(None, connection)
        connection.info[_SPAN] = tracing.inner(lambda: (f"transaction {name}", said))

    def roll_back(connection: Connection) -> None:
        span = connection.info.get(_SPAN)
        if span is not None:
            span.set_attribute("db.operation.name", "ROLLBACK")

    def end(_: Any, record: Any) -> None:
        span = record.info.pop(_SPAN, None)
        if span is not None:
            span.end()

    event.listen(engine, "begin", begin)
    event.listen(engine, "rollback", roll_back)
    event.listen(engine, "checkin", end)
