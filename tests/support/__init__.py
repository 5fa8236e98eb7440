"""What the tests share: random schemas and values, an independent oracle, projects on disk, real corpora."""
