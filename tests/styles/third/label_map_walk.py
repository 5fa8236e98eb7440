"""Walks the map of labels in every way there is."""
from contracts.parcels import ParcelShipped


def on_shipped(event: ParcelShipped):  #: H ParcelShipped
    for side, label in sorted(event.labels.items()):  #: R ParcelShipped.labels
        print(side, label.text)  #: R Label.text
    if "top" in event.labels:  #: R ParcelShipped.labels
        stick(event.labels["top"])  #: R ParcelShipped.labels
    return palette(event)


def stick(label):
    print(label.colour.upper(), label.text[:10])  #: R Label.colour, R Label.text


def palette(event):
    colours = {}
    for label in event.labels.values():  #: R ParcelShipped.labels
        colours.setdefault(label.colour, []).append(label)  #: R Label.colour
    merged = {**event.labels}  #: R ParcelShipped.labels
    merged.pop("bottom", None)
    longest = max((len(each.text) for each in merged.values()), default=0)  #: R Label.text
    return [(colour, len(found), longest) for colour, found in colours.items()]
