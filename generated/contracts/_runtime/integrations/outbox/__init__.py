"""Inbox and outbox on SQLAlchemy Core: SQLite, or PostgreSQL when that is outgrown, chosen by URL.

database   an engine on which a transaction is what this needs, and errors that say what to do
tables     the two tables, the outbox with Debezium's column names
inbox      a message once: its id and its effect in one transaction
outbox     state and message in one transaction
spans      a transaction as a step of a trace
relay      from the outbox to the broker, in order per key, again after any crash
"""
