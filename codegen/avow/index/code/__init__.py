"""The code of the services as files: which there are, what they import, which of them matter to the index."""
