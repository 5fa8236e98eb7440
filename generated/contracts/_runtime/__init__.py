"""The part of avow that travels: copied into every generated package as ``_runtime``.

It imports the standard library and msgspec only, and nothing of the tool.

What a schema says:   schema (the model), names, fits (logical types), defaults, canonical (fingerprints);
                      parse, in two passes: declare, then build; depth; problem (what is wrong, as data)
How it is read:       resolution (a reader against a writer, worked out once, as data)
The reference codec:  cursor and interpret read by a plan, choose and write write; fault, limits, reference
What classes need:    record (bases), logical, varint and float32 (values), fast (helpers of generated codecs),
                      registry, versions (older ones), framing, errors, lazy; difference (of two values)
Plain JSON, samples:  plain, plain_json with json_text, json_union, json_leaf, json_dump, json_load; sample
"""
