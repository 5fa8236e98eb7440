"""Types where the code has none: what flows into a parameter, a result or an attribute is what it holds."""
