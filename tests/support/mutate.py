"""Bytes that somebody sends who means harm, or through a bad wire: made from valid messages, at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random


def varint(number: int, length: int = 0) -> bytes:
    """Return a signed number as Avro writes it, with empty groups at the end up to a length."""
    unsigned = (number << 1) ^ (number >> 63) if number < 0 else number << 1
    groups = [unsigned & 127]
    while unsigned := unsigned >> 7:
        groups.append(unsigned & 127)
    groups += [0] * (length - len(groups))
    return bytes([*(group | 128 for group in groups[:-1]), groups[-1]])


NUMBERS: tuple[bytes, ...] = (
    *(varint(number) for number in (0, -1, 1, 2, 127, 2**27, 2**31 - 1, 2**31, -(2**31) - 1, 2**62, -(2**62))),
    *(varint(2**63 - 1), varint(-(2**63)), varint(0, 2), varint(1, 5), varint(-1, 9), varint(3, 10), varint(2, 11)),
    *(b"\x80", b"\xff" * 9, b"\xff" * 9 + b"\x01", b"\xff" * 9 + b"\x03", b"\xff" * 10, b"\x80" * 12 + b"\x01"),
)
"""Numbers that are huge, negative, longer than they need be, or never end."""


def mutated(data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
    """Return a message with one to three changes; splices take their other half from `others`."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        data = rng.choice(_CHANGES)(data, others, rng)
    return data


def _flip(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    if not data:
        return b"\x01"
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _replace(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return (
        data[:at] + rng.choice((b"\0", b"\x01", b"\x02", b"\x7f", b"\x80", b"\xff", rng.randbytes(1))) + data[at + 1 :]
    )


def _insert(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice((b"\0", b"\x02", rng.randbytes(rng.randint(1, 4)))) + data[at:]


def _delete(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 1, 2, 3, 8)) :]


def _splice(data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
    other = rng.choice(others)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _number(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(NUMBERS) + data[at + rng.choice((0, 1, 1, 2)) :]


def _repeat(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start : start + rng.randint(1, 6)] * rng.choice((2, 3, 40)) + data[start:]


def _truncate(data: bytes, _: Sequence[bytes], rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], Random], bytes], ...] = (
    *(_flip, _flip, _replace, _insert, _delete, _splice, _number, _number, _repeat, _truncate),
)
