from contracts.customers import AddressChanged
from contracts.integrations.kafka import publish
from contracts.quoting import QuoteGenerated


def on_address_changed(event: AddressChanged) -> None:
    offer(event.customer_id)


def offer(customer_id: str) -> None:
    publish(QuoteGenerated(quote_id="1", customer_id=customer_id, reason="moved"))
