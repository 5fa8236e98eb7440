"""A service as a process of its own: what is the same for each, and is neither broker nor database.

settings   from the environment into one struct, and shown by --help
logs       a line of JSON for each thing that happens
traces     spans to where the standard variables of OpenTelemetry say
run        all of it, from the first line of a service to its end by SIGTERM
"""
