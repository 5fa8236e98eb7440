"""The insurance story, running: the sample services as processes, on a real broker, with a real mail server.

processes   the services, started, stopped and killed
broker      the nats-server of the story's own, or the one that BROKER_URL names
mailbox     the mail server, which keeps what it takes
person      somebody who asks for something at the portal
collector   what the services record of their traces, and how it becomes a tree and edges
counts      what is in the services' databases
probe       what the broker holds: how much waits, and single messages of long ago
calling     calls back for one event, by how many read it; readers are those who do
outage      what a time without upstream costs
lagging     how far a replica is behind
demo        what `make demo` shows, and show how
edges       what ran, held against what the index derives
"""
