"""The committed files of the index: facts for programs and merges, a page for people."""
