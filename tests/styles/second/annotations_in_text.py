"""Annotations in text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contracts.parcels import ParcelShipped
    from contracts.shared import Courier


def handle(event: ParcelShipped) -> None:
    call(event.courier)  #: R ParcelShipped.courier


def call(courier: Courier | None) -> None:
    if courier:
        print(courier.phone)  #: R Courier.phone
