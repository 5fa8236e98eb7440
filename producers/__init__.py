"""The sending sides of the sample services, a folder each."""
