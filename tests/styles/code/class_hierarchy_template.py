"""A template method: the base calls what the subclass defines."""
from contracts.parcels import ParcelReturned


class Report:
    def render(self, returned):
        return "\n".join([self.title(returned), *self.rows(returned)])

    def title(self, returned):
        raise NotImplementedError

    def rows(self, returned):
        return []


class RefundReport(Report):
    def title(self, returned):
        return f"Refund of {returned.parcel_id}"  #: R ParcelReturned.parcel_id

    def rows(self, returned):
        return [f"{item.sku}: {item.price.value}" for item in returned.items]  #: R Item.sku, R Item.price, R Amount.value, R ParcelReturned.items


def report(returned: ParcelReturned) -> str:  #: H ParcelReturned
    return RefundReport().render(returned)
