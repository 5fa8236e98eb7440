"""An engine on which a transaction is what inbox and outbox need, and errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, OperationalError, ProgrammingError

from ..errors import DatabaseError
from . import spans
from .tables import metadata

_READS: Final = "avow_reads"
"""Execution option of a connection that only reads, for which SQLite takes no lock."""


def connect(url: str, *, lock_timeout: float = 5.0, **options: Any) -> Engine:
    """Return an engine whose transactions hold inbox, outbox and the service's own tables, and make the two.

    Errors for which no statement is to blame, such as a server that is down or a database that others have locked
    for too long, are raised as DatabaseError, after which a bus lets a message wait.

    Args:
        url: As SQLAlchemy writes it: ``sqlite:///quotes.db``, ``postgresql+psycopg://USER@HOST/DATABASE``.
        lock_timeout: Seconds to wait for a lock that another transaction holds.
        options: Further arguments of ``sqlalchemy.create_engine``.

    Raises:
        DatabaseError: There is no such database, or it is something else.
    """
    try:
        kind = make_url(url).get_backend_name()
        if kind not in _KINDS:
            raise DatabaseError(f"{kind} is not supported: use sqlite or postgresql")
        engine = create_engine(url, **{**_KINDS[kind](lock_timeout), **options})
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseError(f"{_shown(url)}: {error}") from None
    event.listen(engine, "handle_error", _explain)
    spans.watch(engine)
    if kind == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    _make_tables(engine)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Return a transaction that only reads: on SQLite it waits for nobody, and nobody for it."""
    with engine.connect().execution_options(**{_READS: True}) as connection:
        yield connection


def _make_tables(engine: Engine) -> None:
    try:
        metadata.create_all(engine)
    except (IntegrityError, ProgrammingError, OperationalError):
        metadata.create_all(engine)  # another instance was making them at the same moment


def _sqlite(lock_timeout: float) -> dict[str, Any]:
    return {"connect_args": {"timeout": lock_timeout}}


def _postgresql(lock_timeout: float) -> dict[str, Any]:
    return {"connect_args": {"options": f"-c lock_timeout={int(lock_timeout * 1000)}"}, "pool_pre_ping": True}


_KINDS: Final = {"sqlite": _sqlite, "postgresql": _postgresql}


def _set_up_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # else the driver begins transactions of its own, too late
    connection.execute("pragma journal_mode=wal")  # readers and a writer at the same time
    connection.execute("pragma synchronous=full")  # what was acknowledged to a broker survives a power cut
    connection.execute("pragma foreign_keys=on")


def _begin_sqlite(connection: Connection) -> None:
    """Lock at once: a transaction that has read before it writes could not wait for another's lock."""
    only_reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("begin" if only_reads else "begin immediate")


def _explain(context: ExceptionContext) -> None:
    """Raise DatabaseError in the place of an error for which no statement is to blame."""
    engine, error = context.engine, context.original_exception
    where = engine.url.render_as_string(hide_password=True) if engine is not None else "the database"
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise DatabaseError(f"{where}: others have kept it locked for too long") from error
        if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise DatabaseError(f"{where} is no SQLite database, or damaged: {error}") from error
        if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_READONLY")):
            raise DatabaseError(f"{where}: {error}") from error
    state = getattr(error, "sqlstate", None)
    if context.is_disconnect or state in _WAIT or (state is None and type(error).__name__ == "OperationalError"):
        raise DatabaseError(f"{where}: {' '.join(str(error).split())}") from error


_WAIT: Final = frozenset({"40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03"})
"""PostgreSQL's codes for what passes: serialization failure, deadlock, lock timeout, no slot left, shutting down."""


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "the address of the database"
