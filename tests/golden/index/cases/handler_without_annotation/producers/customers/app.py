from contracts.customers import AddressChanged
from contracts.quoting import QuoteGenerated


def moved(bus, address):
    bus.put(AddressChanged(customer_id="", address=address, reason=""))
    bus.put(QuoteGenerated(customer_id="", quote_id="", reason=""))
