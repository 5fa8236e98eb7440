"""A daily mail about what came back."""
import smtplib
import textwrap
from email.message import EmailMessage

from contracts.parcels import ParcelReturned


class Digest:
    def __init__(self, recipient):
        self.recipient = recipient
        self.events = []

    def on_returned(self, event: ParcelReturned):  #: H ParcelReturned
        self.events.append(event)

    def _entry(self, event):
        total = "%d.%02d %s" % (*divmod(event.refund.value, 100), event.refund.unit)  #: R ParcelReturned.refund, R Amount.value, R Amount.unit
        return textwrap.indent(f"{event.parcel_id}: {total}\n{textwrap.fill(event.reason)}", "  ")  #: R ParcelReturned.parcel_id, R ParcelReturned.reason

    def message(self):
        message = EmailMessage()
        message["To"] = self.recipient
        message["Subject"] = "%d parcels came back" % len(self.events)
        message.set_content("\n\n".join(self._entry(e) for e in self.events if e.items))  #: R ParcelReturned.items
        return message

    def send(self, host="localhost"):
        with smtplib.SMTP(host) as smtp:
            smtp.send_message(self.message())
        self.events.clear()
