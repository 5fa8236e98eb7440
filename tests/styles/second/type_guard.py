"""Type guard."""

from typing import TypeGuard

from contracts.parcels import ParcelReturned, ParcelShipped


def is_back(event: object) -> TypeGuard[ParcelReturned]:
    return type(event).__name__ == "ParcelReturned"


def handle(event: ParcelReturned | ParcelShipped) -> None:
    if is_back(event):
        print(event.reason)  #: R ParcelReturned.reason
    print(event.parcel_id)  #: R ParcelReturned.parcel_id, R ParcelShipped.parcel_id
