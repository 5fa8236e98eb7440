"""The receiving sides of the sample services, a folder each."""
