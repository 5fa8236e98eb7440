"""Pydantic model."""

from contracts.orders import OrderPlaced
from pydantic import BaseModel


class Answer(BaseModel):
    event: OrderPlaced
    note: str = ""

    def short(self) -> str:
        return self.event.customer  #: R OrderPlaced.customer


def answer(event: OrderPlaced) -> Answer:
    found = Answer(event=event, note=event.order_id)  #: R OrderPlaced.order_id, E OrderPlaced
    return found
