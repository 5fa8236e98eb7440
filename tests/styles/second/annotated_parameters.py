"""Annotated parameters."""

from typing import Annotated, NewType, Optional, Union

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped
from fastapi import Body, Depends

Fresh = NewType("Fresh", OrderPlaced)


async def endpoint(event: Annotated[OrderPlaced, Body()], db=Depends()):
    return event.customer  #: R OrderPlaced.customer


def older(event: Optional[Union[OrderPlaced, ParcelShipped]] = None):
    if isinstance(event, ParcelShipped):
        return event.note  #: R ParcelShipped.note
    return event.order_id if event else None  #: R OrderPlaced.order_id


def fresh(event: Fresh) -> str:
    return event.placed_by  #: R OrderPlaced.placed_by
