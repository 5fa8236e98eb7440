from contracts.customers import CustomerMoved
from contracts.quoting import QuoteGenerated


def on_moved(event: CustomerMoved) -> QuoteGenerated:
    if event.reason == "divorce":
        raise ValueError(event.customer_id)
    return QuoteGenerated(quote_id="1", house=event.address)
