"""Any number of threads may be the first to use a package, or any part of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any, NamedTuple

import pytest
from tests.support.domain import events, make_domain
from tests.support.generated import Generated, generate
from tests.support.hard import PROJECTS
from tests.support.project import forget_package, load_package, make_project

THREADS = 16
ROUNDS = 20


class Known(NamedTuple):
    """A message, and what is to come of it: its class, its JSON, its body."""

    message: bytes
    path: tuple[str, ...]
    json: str
    body: bytes


class Package(NamedTuple):
    """A generated package that is to be imported anew."""

    folder: Path
    name: str
    known: list[Known]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Package]:
    """The insurance domain, and modules that import each other in circles."""
    domain = tmp_path_factory.mktemp("domain")
    mutual = make_project(tmp_path_factory.mktemp("mutual"), dict(PROJECTS["mutual"]), 'package = "circles"')
    assert generate(mutual).findings == []
    return [
        _package(domain, make_domain(domain, "threaded"), "threaded"),
        _package(mutual, Generated(mutual, "circles"), "circles"),
    ]


def _package(root: Path, generated: Generated, name: str) -> Package:
    found = []
    for event in events(generated, Random(name), 1, 30):
        package, class_ = generated.package, type(event)
        path = (*class_.__module__.split(".")[1:-1], class_.__name__)
        message = package.encode(event)
        found.append(Known(message, path, package.to_json(event), generated.bare.encode(event)))
    return Package(root / "generated", name, found)


@pytest.fixture(autouse=True)
def hasty() -> Iterator[None]:
    """Threads take turns as often as can be, so that they meet in the middle of things."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Run calls in threads of their own that start together; return what they return."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _class(package: Any, known: Known) -> Any:
    found = package
    for name in known.path:
        found = getattr(found, name)
    return found


def _decode(package: Any, known: Known) -> Any:
    event = package.decode(known.message)
    assert package.encode(event) == known.message
    return type(event)


def _construct(package: Any, known: Known) -> Any:
    class_ = _class(package, known)
    assert package.encode(package.testing.sample(class_))
    return class_


def _from_json(package: Any, known: Known) -> Any:
    event = package.from_json(_class(package, known), known.json)
    assert package.encode(event) == known.message
    return type(event)


def _to_json(package: Any, known: Known) -> Any:
    event = package.framing.bare.decode(known.body, _class(package, known))
    assert package.to_json(event) == known.json
    return type(event)


def _refuse(package: Any, known: Known) -> Any:
    try:
        package.decode(known.message + b"\0")
    except package.DecodeError as error:
        assert str(error).endswith(": 1 byte behind the value")
    return _class(package, known)


USES = (_decode, _construct, _from_json, _to_json, _refuse)


@pytest.mark.parametrize("at", range(ROUNDS))
def test_threads_may_be_the_first_to_use_a_package(packages: list[Package], at: int) -> None:
    for folder, name, known in packages:
        rng = Random(at)
        chosen = [rng.choice(known)] * THREADS if at % 2 else [rng.choice(known) for _ in range(THREADS)]
        package = load_package(folder, name)
        calls = [partial(rng.choice(USES), package, one) for one in chosen]
        try:
            classes = _at_once(calls)
            assert classes == [_class(package, one) for one in chosen]
        finally:
            forget_package(name)
