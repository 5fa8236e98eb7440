"""The services as they are started in earnest: processes, on a real broker, with databases and a mail server."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "generated"))

from examples.story.processes import MODULES
from examples.story.story import Story
from examples.story.story import story as started
from tests.support.brokers.server import Server


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--broker`, leave out what meets no broker, or always one of its own."""
    here = Path(__file__).parent
    if config.getoption("--broker"):
        out = [each for each in items if here in each.path.parents and "server" not in vars(each)["fixturenames"]]
        config.hook.pytest_deselected(items=out)
        items[:] = [each for each in items if each not in out]


@pytest.fixture(scope="session")
def story(server: Server) -> Iterator[Story]:
    """All services, started once on the broker that `--broker` names; each test brings people of its own."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BROKER_URL", server.url)
            found = stack.enter_context(started())
        found.services.start(*MODULES, **found.collector.environment)
        found.services.wait()
        yield found


@pytest.fixture
def in_style(story: Story) -> Callable[..., Story]:
    """Return the story once quoting knows customers in a style; what runs so already runs on."""

    def choose(style: str, announce: str = "thin") -> Story:
        traced = story.collector.environment
        wanted = {"customers": {"ANNOUNCE": announce, **traced}, "quoting": {"STYLE": style, **traced}}
        names = [name for name, told in wanted.items() if not runs_so(story, name, told)]
        story.services.end(*names)
        for name in names:
            story.services.start(name, **wanted[name])
        story.services.wait(*names)
        return story

    return choose


def runs_so(story: Story, name: str, told: Mapping[str, str]) -> bool:
    return told.items() <= story.services.told.get(name, {}).items()
