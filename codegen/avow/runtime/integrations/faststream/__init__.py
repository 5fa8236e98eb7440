"""The contracts on FastStream, over NATS JetStream or Apache Kafka, chosen by URL.

bus           what a service holds: subscribe, publish, run
guard         around each message: attempts, then a dead letter, then settled; nothing is skipped
schemas       writers' schemas by fingerprint, held by the broker
dead_letters  what could not be handled: kept, shown, redriven
declare       what the broker should hold, and how that differs from what it does
command       `python -m` of it
transport     what a broker has to offer; nats and kafka offer it, each with its names, table and declarations
received, retry, tables, hooks   what these share
"""
