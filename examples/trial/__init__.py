"""The trial: commands through the whole insurance story while everything fails that can, then an account of it.

plan       what a run does, drawn from its seed: who moves when, which fault comes when
stage      broker, services and mail server as processes, to be killed and started again
postbox    the mail server, in a process of its own
crowd      people at the portal, who ask again until they are heard
faults     one row a fault: how often, and what it does
poison     messages that nobody can handle
recorded   the first steps, without faults, while traces are recorded
flow       what was recorded, held against what `avow flow` derives from the code
listener   somebody who hears of the quotes that are not made
accounts   what the databases and the mailbox should hold, and what they do
show       progress, and the table at the end
"""
