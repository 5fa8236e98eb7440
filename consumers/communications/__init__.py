"""Communications, receiving: a quote becomes a command to send an email, and the command an email."""
