"""The part of avow that travels: copied into every generated package as ``_runtime``.

It imports the standard library and msgspec only, and nothing of the tool.
"""
