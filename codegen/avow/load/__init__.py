"""From the files of a project to one tree of types, with every error at its line and column."""
