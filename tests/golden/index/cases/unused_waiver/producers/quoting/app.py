from contracts.quoting import QuoteGenerated

OFFER = QuoteGenerated(customer_id="", quote_id="", reason="")
