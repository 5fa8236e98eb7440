"""What can go wrong between a service and its broker or database."""

from __future__ import annotations


class IntegrationError(Exception):
    """Base of the errors that an integration raises on purpose."""


class NoChannelError(IntegrationError):
    """Something is to be sent or received that travels through no channel."""


class TooLargeError(IntegrationError):
    """A message is larger than brokers take."""


class BrokerError(IntegrationError):
    """The broker cannot be reached or did not take a message. No message is to blame, so it is worth waiting."""


class UndeclaredError(IntegrationError):
    """The broker lacks something that has to be declared first, or has it otherwise than the contracts say."""


class DatabaseError(IntegrationError):
    """A database cannot be used. As long as that lasts no message is to blame."""


class UnavailableError(IntegrationError):
    """A service does not answer, or not now. No message is to blame, so it is worth waiting."""


class RefusedError(IntegrationError):
    """A service takes a query for none that it answers, or what it says is no answer. Waiting does not help."""
