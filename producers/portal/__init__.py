"""The portal, sending: what a person asks for becomes a command, and they can see what became of it."""
