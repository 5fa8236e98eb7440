"""A framework whose message wraps the event, without any type."""
from contracts.parcels import ParcelReturned
from somewhere import subscribe


@subscribe(topic="parcels", schema=ParcelReturned)  #: H ParcelReturned
async def on_returned(event, context):
    context.log(event.reason)  #: R ParcelReturned.reason
    return event.refund.value  #: R ParcelReturned.refund, R Amount.value
