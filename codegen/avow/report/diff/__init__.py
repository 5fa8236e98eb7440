"""What has changed between states of contracts, as text for people and as lines of JSON for scripts.

A renderer takes comparisons and returns the whole output; it never reads a file.
"""
