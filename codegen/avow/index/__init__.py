"""The cross-reference index: who builds, sends, handles, reads and writes what, derived from the services' code.

    result = run(config.find(Path.cwd()))     # of avow.index.run: what `avow generate` does
    book = read(config.find(Path.cwd()))      # what questions do; never imports mypy
    book.of("insurance.customers.AddressChanged")

From the code of producers/ and consumers/ to an answer:

    code/      which files there are, what changed, what they import; which belong together as a unit
    typed/     mypy types the units' code; the generated classes are recognised in it
    observe/   what the typed code does, statement by statement
    infer/     types where the code has none: what flows there; then it is typed and observed again
    conclude/  what only all of a unit can settle: escapes, guesses, handlers, the flow
    update     which units changed; of all others what was found is kept
    files/     the committed files; `book` is the local copy that knows the lines
    questions/ who, flow, search, orphans, as functions from a book to data
    checks/    what is wrong with what the code does, as findings
"""

from __future__ import annotations

from avow.index.book import Book, read
from avow.index.fact import Edge, Fact

__all__ = ["Book", "Edge", "Fact", "read"]
