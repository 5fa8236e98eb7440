"""Communications, sending: commands to itself, and what became of each email."""
