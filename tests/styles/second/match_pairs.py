"""Match pairs."""

from contracts.parcels import ParcelReturned, ParcelShipped


def both(first: ParcelShipped, second: ParcelReturned | None) -> str:
    match first, second:
        case ParcelShipped(note=note), None:  #: R ParcelShipped.note
            return note
        case ParcelShipped() as sent, ParcelReturned(reason=reason):  #: R ParcelReturned.reason
            return f"{sent.parcel_id} {reason}"  #: R ParcelShipped.parcel_id
    return ""
