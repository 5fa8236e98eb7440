"""A notebook's code that became a job."""
import msgspec
import pandas as pd

from contracts.parcels import ParcelShipped
from contracts.shared import Item


def frame(parcels: list[ParcelShipped]) -> pd.DataFrame:  #: H ParcelShipped
    records = [(p.parcel_id, p.weight, p.destination.zone) for p in parcels]  #: R ParcelShipped.parcel_id, R ParcelShipped.weight, R ParcelShipped.destination, R Place.zone
    df = pd.DataFrame.from_records(records, columns=["parcel_id", "weight", "zone"])
    return df.groupby("zone")["weight"].agg(["sum", "mean"])


def items(parcels: list[ParcelShipped]) -> pd.DataFrame:  #: H ParcelShipped
    df = pd.DataFrame(content(item) for p in parcels for item in p.items)  #: R ParcelShipped.items
    return df.groupby("sku")["count"].sum().reset_index()  #: D Item.sku, D Item.count


def content(item: Item) -> dict:
    return msgspec.structs.asdict(item)  #: E Item


def heaviest(parcels: list[ParcelShipped]) -> str:  #: H ParcelShipped
    series = pd.Series({p.parcel_id: p.weight for p in parcels})  #: R ParcelShipped.parcel_id, R ParcelShipped.weight
    return series.idxmax()
