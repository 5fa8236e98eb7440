from contracts.quoting import QuoteGenerated


def on_quote(event: QuoteGenerated) -> str:
    return render(**vars(event))  # avow: reads QuoteGenerated.reasn, QuoteGenerated.quote_id, quote


def on_other(event: QuoteGenerated) -> str:
    return render(**vars(event))  # avow: reads


def render(**fields): ...
