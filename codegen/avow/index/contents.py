"""What an index says."""

from __future__ import annotations

from msgspec import Struct

from avow.index.catalogue import Catalogue
from avow.index.code.waivers import Waiver
from avow.index.fact import Edge, Fact


class Index(Struct, frozen=True):
    """Who uses what, in a whole repository."""

    catalogue: Catalogue
    facts: list[Fact]
    """Each once, in their order."""
    edges: list[Edge]
    waivers: list[Waiver]
