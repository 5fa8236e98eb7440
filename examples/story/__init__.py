"""The insurance story, running: the sample services as processes, on a real broker, with a real mail server.

processes   the services, started, stopped and killed
broker      the nats-server of the story's own, or the one that BROKER_URL names
mailbox     the mail server, which keeps what it takes
person      somebody who asks for something at the portal
collector   what the services record of their traces, and how it becomes a tree and edges
counts, calling, lagging, outage, readers
            calls back, lag, and what a time without upstream costs
trace, edges
            traces as trees, and held against what the index derives
demo        what `make demo` shows
"""
