"""An index that is kept up to date through random edits is the one that is made from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.usage import index_of, project_at, write_project

from avow.generate import run as generate
from avow.index.contents import Index

CODE = {
    "consumers/billing/handlers.py": [
        "from contracts.parcels import ParcelReturned\nfrom .refunds import refund\ndef on(event: ParcelReturned):\n"
        "    return refund(event)\n",
        "from contracts.parcels import ParcelShipped\nfrom .refunds import refund\ndef on(event: ParcelShipped):\n"
        "    return refund(event)\n",
        "from .refunds import refund\ndef on(event):\n    return refund(event)\n",
        "from contracts.parcels import ParcelReturned\ndef on(event: ParcelReturned:\n",
    ],
    "consumers/billing/refunds.py": [
        "def refund(event):\n    return event.refund.value if event.items else event.note\n",
        "from libs.common import show\ndef refund(event):\n    return show(event)\n",
        "def refund(event):  # avow: reads nothing\n    return vars(event)\n",
    ],
    "consumers/tracking/app.py": [
        "from contracts.parcels import ParcelShipped\nfrom libs.common import first, show\n"
        "def on(events: list[ParcelShipped]):\n    return first(events).weight, show(events[0])\n",
        "import contracts\nfrom libs.common import show\ndef on(data):\n    return show(contracts.decode(data))\n",
        "from consumers.tracking.more import first\nfrom contracts.parcels import ParcelReturned\n"
        "def on(event: ParcelReturned):\n    return first([event]).reason\n",
    ],
    "consumers/tracking/more.py": ["from libs.common import *\n", "def first(xs):\n    return xs[-1]\n"],
    "libs/common.py": [
        "def first(xs):\n    return xs[0]\ndef show(event):\n    return event.parcel_id\n",
        "def first(xs):\n    for x in xs:\n        return x\ndef show(event):\n    return event.note, event.reason\n",
        "def first(xs): pass\nshow = lambda event: event.items\n",
    ],
}
EDITS = st.one_of(
    *(st.tuples(st.just(name), st.sampled_from([*texts, None])) for name, texts in CODE.items()),
    st.tuples(st.just("comment"), st.sampled_from(sorted(CODE))),
    st.tuples(st.just("touch"), st.sampled_from(sorted(CODE))),
    st.tuples(st.just("schema"), st.sampled_from(["town", "city"])),
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(EDITS, min_size=2, max_size=5))
def test_incremental_is_as_from_nothing(tmp_path_factory, edits: list[tuple[str, str | None]]) -> None:
    root = tmp_path_factory.mktemp("edits")
    write_project(root, {name: texts[0] for name, texts in CODE.items()})
    index_of(project_at(root))
    for edit in edits:
        _apply(root, *edit)
        assert index_of(project_at(root)) == _from_nothing(root)


def _from_nothing(root: Path) -> Index:
    """The index of a copy that has never been indexed; what mypy knows of its own library is no part of it."""
    copy = root.with_name(f"{root.name}-copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("index.msgpack", "generate.json"))
    return index_of(project_at(copy))


def _apply(root: Path, name: str, value: str | None) -> None:
    if name == "schema":
        place = root / "schemas/shared/Place.avsc"
        place.write_text(place.read_text().replace('"town"', f'"{value}"').replace('"city"', f'"{value}"'))
        generate.run(project_at(root))
    elif name in ("comment", "touch"):
        path = root / str(value)
        if path.exists():
            path.write_text(path.read_text() + ("# again\n" if name == "comment" else ""))
    elif value is None:
        (root / name).unlink(missing_ok=True)
    else:
        (root / name).write_text(value)
