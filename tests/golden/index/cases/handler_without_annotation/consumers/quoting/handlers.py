from contracts.customers import AddressChanged
from contracts.quoting import QuoteGenerated


def on_anything(event, log):
    log(event.reason)
    return event.quote_id


def on_address_changed(event: AddressChanged) -> str:
    return called(event)


def called(event):
    return event.reason


def on_quote_generated(event: QuoteGenerated) -> str:
    return event.quote_id
