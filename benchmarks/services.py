"""A monorepo of services as large as wanted: most of its code knows no contract, as in any that has grown.

One count gives one tree. Each service handles a few contracts, in the ways that people write handlers, and builds one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.corpus import Contract

FILE_LINES = 66
"""Of a file without contracts, on average; with 500 services of 36 files that makes a million lines."""
FILES = 36
_NOUNS = "account batch cache draft entry folder group handle item job key ledger member note order page".split()
_VERBS = "apply build check collect drop fetch guess hold insert join keep load merge normalise open pick".split()


def services(count: int, contracts: list[Contract]) -> Iterator[tuple[str, str]]:
    """Yield the files of services by their paths; one in four is a producer."""
    rng = random.Random(count)
    for number in range(count):
        folder = f"{'producers' if number % 4 == 0 else 'consumers'}/service{number:03}"
        own = rng.sample(contracts, 3)
        yield f"{folder}/__init__.py", ""
        yield f"{folder}/handlers.py", _handlers(own[:2], rng)
        yield f"{folder}/reading.py", _reading()
        yield f"{folder}/table.py", _table(own[1:], rng)
        yield f"{folder}/sending.py", _sending(own[2])
        for file in range(FILES - 5):
            yield f"{folder}/part{file:02}.py", _plain(rng, file)


def lines_of(text: str) -> int:
    """How many lines a file has."""
    return text.count("\n")


# with contracts


def _import(contract: Contract) -> str:
    return f"from contracts.{contract.namespace} import {contract.name}\n"


def _names(contract: Contract, rng: random.Random, count: int) -> list[str]:
    return rng.sample([field["name"] for field in contract.schema["fields"]], count)


def _handlers(contracts: list[Contract], rng: random.Random) -> str:
    """Annotated handlers that hand on to helpers without annotations."""
    text = "".join(map(_import, contracts)) + "from .reading import remember, show\n"
    for number, each in enumerate(contracts):
        reads = "".join(f"    found.append(event.{name})\n" for name in _names(each, rng, 4))
        text += f"\n\nasync def on_{number}(event: {each.name}) -> None:\n    found = []\n{reads}"
        text += "    remember(event, found)\n    show(event)\n"
    return text


def _reading() -> str:
    return (
        "def remember(event, found):\n    found.append(event.event_id)\n    return found\n\n\n"
        "def show(event):\n    if event is None:\n        return ''\n"
        "    return f'{event.occurred_at}: {event.event_id}'\n"
    )


def _table(contracts: list[Contract], rng: random.Random) -> str:
    """Handlers without annotations, in a table."""
    text = "".join(map(_import, contracts))
    for number, each in enumerate(contracts):
        text += f"\n\ndef take_{number}(event):\n    return event.{_names(each, rng, 1)[0]}\n"
    rows = "".join(f"    {each.name}: take_{number},\n" for number, each in enumerate(contracts))
    return f"{text}\n\nHANDLERS = {{\n{rows}}}\n\n\ndef dispatch(event):\n    return HANDLERS[type(event)](event)\n"


def _sending(contract: Contract) -> str:
    return (
        f"from contracts.testing import sample\n{_import(contract)}\n\n"
        f"async def send(bus) -> None:\n    await bus.publish(sample({contract.name}))\n"
    )


# without


def _plain(rng: random.Random, number: int) -> str:
    """A module of ordinary code, which imports another of its service now and then."""
    text = '"""Parts of the service that know of no contract."""\n\nimport json\nimport logging\n'
    text += f"\nfrom . import part{rng.randrange(number):02} as other\n" if number and rng.random() < 0.3 else ""
    text += "\nlog = logging.getLogger(__name__)\n"
    while lines_of(text) < FILE_LINES - 8:
        text += _function(rng) if rng.random() < 0.6 else _class(rng)
    return text


def _function(rng: random.Random) -> str:
    noun, verb = rng.choice(_NOUNS), f"{rng.choice(_VERBS)}_{rng.randrange(1000)}"
    return (
        f"\n\ndef {verb}_{noun}(rows: list[dict[str, int]], limit: int = {rng.randrange(100)}) -> dict[str, int]:\n"
        f'    """Count what is in the rows of each {noun}."""\n    found: dict[str, int] = {{}}\n'
        f"    for row in rows:\n        if row.get({noun!r}, 0) > limit:\n"
        f"            found[{noun!r}] = found.get({noun!r}, 0) + row[{noun!r}]\n"
        "        else:\n            log.debug('left out %s', json.dumps(row))\n    return found\n"
    )


def _class(rng: random.Random) -> str:
    noun, verb = rng.choice(_NOUNS), rng.choice(_VERBS)
    return (
        f"\n\nclass {noun.title()}{rng.randrange(1000)}:\n    def __init__(self, name: str, size: int) -> None:\n"
        "        self.name = name\n        self.size = size\n        self.parts: list[str] = []\n\n"
        f"    def {verb}(self, part: str) -> int:\n        if part not in self.parts:\n"
        "            self.parts.append(part)\n        return len(self.parts) + self.size\n\n"
        "    def __repr__(self) -> str:\n        return f'{self.name} of {self.size}: {sorted(self.parts)}'\n"
    )
