"""avow: Avro schemas as the single source of truth for what services send each other.

Importing this package loads nothing else: `import avow.lint`, `avow.generate` and so on bring what they need.
"""

__version__ = "0.1.0"
