"""mypy at work: the services' code, typed, with the generated classes recognised in it."""
