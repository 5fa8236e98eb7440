"""Queries over HTTP, and the server that answers them inside of a service's own process.

answers    who answers: a handler a query, its path the channel of the query's contract
client     who asks: a query goes out, the answer comes back as today's class
web        the server, on Starlette and uvicorn, with a health endpoint
spans      a request as a step of a trace
paths      where a query is asked
body       what may be sent: Avro led by its fingerprint, or plain JSON for people with a command line
"""
