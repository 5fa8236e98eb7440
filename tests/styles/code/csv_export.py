"""A table whose columns are given as text."""
import csv
import sys
from operator import attrgetter

from contracts.parcels import ParcelReturned

row = attrgetter("parcel_id", "refund.value", "refund.unit")


def export(returned: list[ParcelReturned]) -> None:  #: H ParcelReturned
    writer = csv.writer(sys.stdout)
    for each in returned:
        writer.writerow(attrgetter("parcel_id", "refund.value")(each))  #: R ParcelReturned.parcel_id, R ParcelReturned.refund, R Amount.value
