from contracts.parcels import ParcelReturned as Returned
from contracts.parcels import ParcelShipped as Shipped

__all__ = ["Returned", "Shipped"]
