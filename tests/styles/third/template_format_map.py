"""Texts for customers out of templates that marketing keeps."""
from pathlib import Path
from string import Template

import msgspec

from contracts.orders import OrderPlaced
from contracts.shared import Courier

SUBJECT = "Your order {order.order_id}"
TEXTS = Path(__file__).parent / "texts"


def subject(order: OrderPlaced) -> str:  #: H OrderPlaced
    return SUBJECT.format(order=order)  #: D OrderPlaced.order_id, E OrderPlaced


def body(order: OrderPlaced, language: str) -> str:  #: H OrderPlaced
    template = Template((TEXTS / f"{language}.txt").read_text())
    return template.substitute(name=order.customer.title(), pieces=len(order.lines))  #: R OrderPlaced.customer, R OrderPlaced.lines


def signature(courier: Courier) -> str:
    return "{name} ({phone})".format_map(msgspec.structs.asdict(courier))  #: D Courier.name, D Courier.phone, E Courier
