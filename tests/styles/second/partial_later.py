"""Partial later."""

from functools import partial

from contracts.orders import OrderPlaced


def notify(event, channel, text=""):
    return channel, text, event.customer  #: R OrderPlaced.customer


def plan(event: OrderPlaced):
    jobs = [partial(notify, event), partial(notify, channel="mail", event=event)]
    return [job("sms") if n else job() for n, job in enumerate(jobs)]
