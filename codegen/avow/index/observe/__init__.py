"""What the typed code does, statement by statement: reads and writes, calls, registrations, and where values go.

`target.observe` walks one function, or a module without its functions, and returns its `Notes`. What is noted of a
kind of node is a function in one of the files here, listed in `ON` by the node's class.
"""
