"""A result that holds either a value or an error."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.orders import OrderPlaced

T = TypeVar("T")


@dataclass(frozen=True)
class Ok(Generic[T]):
    value: T


@dataclass(frozen=True)
class Err:
    message: str


def parse(raw: bytes) -> Ok[OrderPlaced] | Err:
    raise NotImplementedError


def show(raw: bytes) -> str:
    match parse(raw):
        case Ok(value=placed):
            return placed.customer + placed.total.unit  #: R OrderPlaced.customer, R OrderPlaced.total, R Amount.unit
        case Err(message=text):
            return text
    return ""
