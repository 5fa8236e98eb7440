"""How fast avow and what it generates are: `python -m benchmarks [codec|generate|import]` from the root."""
