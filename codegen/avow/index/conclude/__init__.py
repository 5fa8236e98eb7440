"""From what is noted of each target to the facts: what only all of the code together can settle."""
