"""Customers, sending: what happened to a customer, and what became of a command."""
