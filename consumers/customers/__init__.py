"""Customers, receiving: two commands, one query. It alone changes a customer, and says so to whoever listens."""
