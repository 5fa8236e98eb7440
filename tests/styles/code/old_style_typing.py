"""Annotations of older Python."""
import typing
from typing import Dict, List, Optional, Tuple

from contracts.parcels import ParcelShipped
from contracts.shared import Label

Labels = Dict[str, Label]


def texts(labels: Labels) -> List[str]:
    return [label.text for _, label in labels.items()]  #: R Label.text


def split(parcels: typing.Iterable[ParcelShipped]) -> Tuple[List[ParcelShipped], Optional[ParcelShipped]]:  #: H ParcelShipped
    known = list(parcels)
    return [each for each in known if each.weight], known[0] if known else None  #: R ParcelShipped.weight


def run(parcels):  # type: (List[ParcelShipped]) -> str  #: H ParcelShipped
    rest, first = split(parcels)
    return (first.note if first else "") + "".join(texts(rest[0].labels))  #: R ParcelShipped.note, R ParcelShipped.labels
