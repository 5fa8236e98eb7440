"""A template gets the whole event: what it reads is in the template."""
from contracts.parcels import ParcelShipped
from jinja2 import Environment, PackageLoader

environment = Environment(loader=PackageLoader("mails"))


def mail(shipped: ParcelShipped) -> str:  #: H ParcelShipped
    template = environment.get_template("shipped.txt")
    return template.render(parcel=shipped, town=shipped.destination.town)  #: E ParcelShipped, D ParcelShipped.note, R ParcelShipped.destination, R Place.town
