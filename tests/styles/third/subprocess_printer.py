"""Prints labels by a command of the printer's maker."""
import logging
import shlex
import subprocess
import tempfile

from contracts.parcels import ParcelShipped

logger = logging.getLogger(__name__)
COLOURS = {"red": "--red", "black": ""}


def print_labels(event: ParcelShipped, printer="front", dry=False):  #: H ParcelShipped
    for name, label in event.labels.items():  #: R ParcelShipped.labels
        command = ["lblprn", "-d", printer, "--title", "%s/%s" % (event.parcel_id, name)]  #: R ParcelShipped.parcel_id
        option = COLOURS.get(label.colour)  #: R Label.colour
        if option is None:
            logger.warning("no ink for %r on %s", label.colour, event.parcel_id)  #: R Label.colour, R ParcelShipped.parcel_id
            continue
        if option:
            command.append(option)
        with tempfile.NamedTemporaryFile("w+") as file:
            print(label.text, file=file, flush=True)  #: R Label.text
            command.append(file.name)
            if dry:
                print(shlex.join(command))
            else:
                subprocess.run(command, check=True, env={"ZONE": event.destination.zone})  #: R ParcelShipped.destination, R Place.zone
