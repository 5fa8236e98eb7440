import typing as t

from . import Parcel, Returned

Message = t.Union[Parcel, Returned]


def identify(message: Message) -> str:  #: H ParcelShipped, H ParcelReturned
    return message.parcel_id  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id


def reason(message: "t.Optional[Returned]") -> str:  #: H ParcelReturned
    return message.reason if message else ""  #: R ParcelReturned.reason
