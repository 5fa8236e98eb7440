from contracts.quoting import QuoteGenerated


def on_quote(event: QuoteGenerated) -> str:
    # avow: reads QuoteGenerated.reason
    return event.reason


def on_other(event: QuoteGenerated) -> str:
    # avow: reads QuoteGenerated.quote_id
    return render(**vars(event))


def on_none(event: QuoteGenerated) -> str:
    return count(event)  # avow: reads nothing


def count(event):
    return 1


def render(**fields): ...
