"""Quoting, sending: quotes that were made, and those that are not."""
