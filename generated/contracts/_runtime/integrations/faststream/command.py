"""The command: declare what the broker should hold; show and redrive dead letters.

Exit codes: 0 fine, 1 something on the broker differs from what the contracts say, 2 the command could not do its work.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from ..errors import IntegrationError
from .bus import Bus
from .dead_letters import DeadLetter
from .declare import Compared, compare
from .patience import wait_for_broker

_FAILED = 2


def main(kind: type[Bus], program: str, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command for the contracts of a package."""
    options = _parser(program).parse_args(arguments)
    try:
        code = asyncio.run(_run(kind, options))
    except IntegrationError as error:
        print(error, file=sys.stderr)
        code = _FAILED
    except (KeyboardInterrupt, BrokenPipeError):
        code = _FAILED
    sys.exit(code)


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=(__doc__ or "").split("\n")[0])
    url = os.environ.get("BROKER_URL", "nats://127.0.0.1:4222")
    parser.add_argument("--url", default=url, help="the broker; by default BROKER_URL, else %(default)s")
    prefix = os.environ.get("CHANNEL_PREFIX", "")
    parser.add_argument("--prefix", default=prefix, help="begins each channel; by default CHANNEL_PREFIX, else nothing")
    parser.add_argument("--wait", type=float, default=10, help="seconds to wait for a broker that is not there")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    declare = commands.add_parser("declare", help="make what is not there, and show what differs")
    declare.add_argument("services", nargs="*", metavar="MODULE:BUS", help="services whose durables to look at too")
    declare.add_argument("--replicas", type=int, default=1, help="copies of what is made, on as many nodes")
    declare.add_argument("--check", action="store_true", help="make nothing")
    show = commands.add_parser("dead-letters", help="show messages that could not be handled")
    redrive = commands.add_parser("redrive", help="send dead letters again, to the service that could not handle them")
    redrive.add_argument("ids", nargs="*", metavar="ID", help="as dead-letters shows them; none for all")
    for command in (show, redrive):
        command.add_argument("--channel", action="append", help="only of this channel; can be given several times")
        command.add_argument("--service", help="only of this service")
    return parser


async def _run(kind: type[Bus], options: argparse.Namespace) -> int:
    bus = kind(options.url, service="command", prefix=options.prefix, logger=None)
    try:
        await wait_for_broker(bus.transport.reach, options.wait)
        return await _COMMANDS[options.command](bus, options)
    finally:
        await bus.broker.stop()


async def _declare(bus: Bus, options: argparse.Namespace) -> int:
    channels = sorted(bus.catalogue.channels.values(), key=lambda channel: channel.name)
    wanted = bus.transport.wanted(channels, [], options.replicas)
    for service in options.services:
        wanted += [each for each in _service(service).wanted() if each.kind == "durable"]
    differs = 0
    for found in await compare(bus.transport, wanted):
        if found.there is None and not options.check:
            await bus.transport.make(found.wanted)
        for line in _lines(found, options.check):
            print(line)
        differs += any(found.differences()) or (found.there is None and options.check)
    if not differs:
        return 0
    print("What is there is left as it is: change it with the broker's own tools.")
    return 1


def _lines(found: Compared, is_check: bool) -> Iterable[str]:
    what = f"{found.wanted.kind} {found.wanted.name}"
    if found.there is None:
        said = ", ".join(f"{name} {value}" for name, value in found.wanted.settings.items())
        yield f"{what}: {'missing' if is_check else 'made'}, {said}"
    for name, there, wanted in found.differences():
        yield f"{what}: {name} is {there}, and should be {wanted}"


def _service(name: str) -> Bus:
    module, _, attribute = name.partition(":")
    sys.path.insert(0, "")
    try:
        found: Any = getattr(import_module(module), attribute or "bus")
    except (ImportError, AttributeError) as error:
        raise IntegrationError(f"{name}: {error}; write it as package.module:bus") from None
    if not isinstance(found, Bus):
        raise IntegrationError(f"{name} is no Bus")
    return found


async def _dead_letters(bus: Bus, options: argparse.Namespace) -> int:
    letters = await _found(bus, options)
    for letter in letters:
        print(_id(letter))
        for name, value in _said(bus, letter):
            print(f"  {name:8} {value}")
    print(f"{len(letters)} dead letters" if len(letters) != 1 else "1 dead letter")
    return 0


def _said(bus: Bus, letter: DeadLetter) -> Iterable[tuple[str, str]]:
    arrived = letter.arrived
    headers = {name: value.decode("utf-8", "replace") for name, value in arrived.headers}
    envelope = bus.transport.binding.read(headers)
    yield "when", letter.time
    yield "reason", letter.reason
    yield "message", " ".join(filter(None, (envelope.type, envelope.id, f"key {envelope.key}" if envelope.key else "")))
    yield "body", "left where it was" if letter.is_cut else f"{len(arrived.body)} bytes: {arrived.body[:32].hex()}"


async def _redrive(bus: Bus, options: argparse.Namespace) -> int:
    letters = await _found(bus, options)
    wanted = set(options.ids) or {_id(letter) for letter in letters}
    unknown = wanted - {_id(letter) for letter in letters}
    if unknown:
        raise IntegrationError(f"no such dead letter: {', '.join(sorted(unknown))}")
    for letter in letters:
        if _id(letter) in wanted:
            await bus.dead_letters.redrive(letter)
            print(f"{_id(letter)} was sent again")
    return 0


async def _found(bus: Bus, options: argparse.Namespace) -> list[DeadLetter]:
    channels = options.channel or sorted(bus.catalogue.channels)
    for channel in channels:
        if channel not in bus.catalogue.channels:
            raise IntegrationError(f"there is no channel {channel}")
    found = await asyncio.gather(*map(bus.dead_letters.of, channels))
    return [letter for letters in found for letter in letters if options.service in (None, letter.service)]


def _id(letter: DeadLetter) -> str:
    return f"{letter.arrived.position.channel}/{letter.key}"


_COMMANDS = {"declare": _declare, "dead-letters": _dead_letters, "redrive": _redrive}
