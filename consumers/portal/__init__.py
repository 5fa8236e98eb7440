"""The portal, receiving: answers to the commands that it has sent."""
