"""Hostile bytes: each message ends in the documented error or in a valid value, soon and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from random import Random
from time import process_time
from typing import Any, NamedTuple

import pytest
from tests.support import oracle
from tests.support.bombs import BOMBS
from tests.support.domain import events, make_domain
from tests.support.generated import Generated, generate
from tests.support.hard import PROJECTS
from tests.support.mutate import mutated
from tests.support.project import CODEGEN, REPOSITORY, make_project

MUTATIONS = 100_000
SECONDS = 2.0
"""Of a processor, that no message may take; most take microseconds."""
MEBIBYTE = 1 << 20
HARD = ("recursion", "mutual", "unions", "logical", "sizes", "corners", "defaults")


class Target(NamedTuple):
    """A package with valid messages of each of its records: the class, then the body."""

    generated: Generated
    messages: list[tuple[type, bytes]]


def _target(generated: Generated, rng: Random, count: int) -> Target:
    found = [(type(event), generated.bare.encode(event)) for event in events(generated, rng, count, 40)]
    return Target(generated, [(class_, body) for class_, body in found if len(body) < 2000])


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[Target]:
    """The insurance domain, and hard schemas under package names of their own, so that all are loaded together."""
    found = [_target(make_domain(tmp_path_factory.mktemp("domain")), Random("domain"), 4)]
    for name in HARD:
        root = make_project(tmp_path_factory.mktemp(name), dict(PROJECTS[name]), f'package = "hostile_{name}"')
        assert generate(root).findings == []
        found.append(_target(Generated(root, f"hostile_{name}"), Random(name), 12))
    return found


class Outcome(NamedTuple):
    """How decoding hostile bytes went."""

    is_value: bool
    seconds: float


def _attack(generated: Generated, class_: type, data: bytes) -> Outcome:
    """Decode hostile bytes; what comes of them must be the documented error, or encode and decode again."""
    start = process_time()
    try:
        value = generated.bare.decode(data, class_)
    except generated.package.DecodeError:
        return Outcome(False, process_time() - start)
    seconds = process_time() - start
    again = generated.bare.encode(value)
    assert oracle.same(generated.bare.decode(again, class_), value), (class_, data)
    return Outcome(True, seconds)


def test_every_truncation_is_refused(targets: list[Target]) -> None:
    for generated, messages in targets:
        for class_, body in (message for message in messages if len(message[1]) < 500):
            for end in range(len(body)):
                with pytest.raises(generated.package.DecodeError):
                    generated.bare.decode(body[:end], class_)


def test_every_truncation_of_a_message_with_header_is_refused(targets: list[Target]) -> None:
    package = targets[0].generated.package
    for event in events(targets[0].generated, Random("headers"), 1, 20):
        message = package.encode(event)
        for end in range(len(message)):
            with pytest.raises(package.DecodeError):
                package.decode(message[:end])


def _mutations(target: Target, rng: Random, count: int) -> Any:
    bodies = [body for _, body in target.messages]
    for _ in range(count):
        class_, body = rng.choice(target.messages)
        yield class_, mutated(body, bodies, rng)


@pytest.mark.parametrize("at", range(len(HARD) + 1))
def test_mutations_end_in_the_error_or_in_a_value(targets: list[Target], at: int) -> None:
    count = -(-MUTATIONS // len(targets))
    attacks = _mutations(targets[at], Random(at), count)
    outcomes = [_attack(targets[at].generated, class_, data) for class_, data in attacks]
    assert 0.05 * count < sum(outcome.is_value for outcome in outcomes) < 0.95 * count
    assert max(outcome.seconds for outcome in outcomes) < SECONDS


def test_mutations_of_whole_messages_end_in_the_error_or_in_a_value(targets: list[Target]) -> None:
    generated, rng = targets[0].generated, Random("whole")
    package = generated.package
    messages = [package.encode(event) for event in events(generated, rng, 2, 30)]
    for _ in range(10_000):
        try:
            event = package.decode(mutated(rng.choice(messages), messages, rng))
        except package.DecodeError:
            continue
        assert oracle.same(package.decode(package.encode(event)), event)


def test_mutations_take_little_memory(targets: list[Target]) -> None:
    for target in targets:
        tracemalloc.start()
        try:
            for class_, data in _mutations(target, Random("memory"), 400):
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                _attack(target.generated, class_, data)
                assert tracemalloc.get_traced_memory()[1] - before < 64 * MEBIBYTE, (class_, data)
        finally:
            tracemalloc.stop()


# Bombs: in a process that gets 1 GiB of memory


@pytest.fixture(scope="module")
def exploded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of each bomb: the error or "a value", the seconds, and the bytes at the peak."""
    root = tmp_path_factory.mktemp("bombs")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.bombs", str(root)],
        env={**os.environ, "PYTHONPATH": f"{CODEGEN}{os.pathsep}{REPOSITORY}"},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_no_harm(exploded: dict[str, Any], name: str) -> None:
    outcome, seconds, peak = exploded[name]
    assert outcome == BOMBS[name].outcome
    assert seconds < SECONDS
    assert peak < 64 * MEBIBYTE
