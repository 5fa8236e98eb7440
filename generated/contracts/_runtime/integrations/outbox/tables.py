"""The two tables. The outbox has the columns that Debezium's outbox event router expects, and three more."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData, String, Table, Text, func

metadata: Final = MetaData()

inbox: Final = Table(
    "inbox",
    metadata,
    Column("consumer", String(200), primary_key=True),
    Column("id", String(500), primary_key=True),
    Column("received_at", DateTime(timezone=True), server_default=func.now(), nullable=False, index=True),
)
"""The messages that a consumer has had."""

outbox: Final = Table(
    "outbox",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(500), nullable=False, unique=True),
    Column("aggregatetype", String(255), nullable=False),  # the channel
    Column("aggregateid", String(500), nullable=False),  # the key, empty where there is none
    Column("type", String(500), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("source", String(200), nullable=False),
    Column("time", String(40), nullable=False),
    Column("headers", Text, nullable=False),  # trace context, as JSON
    sqlite_autoincrement=True,  # a position is never given twice
)
"""The messages that wait for the relay."""
