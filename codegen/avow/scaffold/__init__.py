"""Set up a repository (`avow init`) and write new contracts (`avow new`)."""
