"""What contracts bring for other libraries: ordinary source, copied into a generated package that asks for it.

What all share:   catalogue (the contracts and how they travel), envelope (CloudEvents attributes), message,
                  tracing (W3C trace context), errors
faststream:       handlers and publishers on NATS or Kafka
outbox:           inbox and outbox on SQLAlchemy Core

Each imports its own library and is imported only by who uses it; what is here needs msgspec alone.
"""
