"""What people ask: `who` uses it, where does it `flow`, `search` for it, what are `orphans`.

Each question is a function from a `Book` to data, one a file; what it looks like is up to `avow.index.show`.
"""
