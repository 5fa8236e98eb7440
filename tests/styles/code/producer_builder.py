"""A builder that collects the parts of an event."""
from contracts.parcels import ParcelShipped
from contracts.shared import Item, Label, Place


class ParcelBuilder:
    def __init__(self):
        self._items = []
        self._labels = {}
        self._place = None

    def to(self, street, town, zone):
        self._place = Place(street=street, town=town, zone=zone)  #: C Place, W Place.street, W Place.town, W Place.zone
        return self

    def add(self, item: Item):
        self._items.append(item)
        return self

    def label(self, key, text):
        self._labels[key] = Label(text=text, colour="red")  #: C Label, W Label.text, W Label.colour
        return self

    def build(self):
        return ParcelShipped(  #: C ParcelShipped
            parcel_id="1",  #: W ParcelShipped.parcel_id
            weight=sum(each.count for each in self._items),  #: W ParcelShipped.weight, R Item.count
            note=self._place.town,  #: W ParcelShipped.note, R Place.town
            destination=self._place,  #: W ParcelShipped.destination
            items=self._items,  #: W ParcelShipped.items
            labels=self._labels,  #: W ParcelShipped.labels
        )


def ship(item: Item) -> str:
    shipped = ParcelBuilder().to("a", "b", "c").add(item).label("main", "x").build()
    return shipped.note  #: R ParcelShipped.note
