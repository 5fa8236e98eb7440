"""Check schemas that are valid Avro for what will hurt later: the rules of `avow rules`, one function each.

findings = linter.run(config.find(Path.cwd()))

What reads exceptions is used by `avow check` too, which needs none of the checks, so importing this loads nothing.
"""
