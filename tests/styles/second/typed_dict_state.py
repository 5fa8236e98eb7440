"""Typed dict state."""

from typing import TypedDict

from contracts.orders import OrderPlaced


class State(TypedDict):
    last: OrderPlaced
    count: int


def apply(state: State, event: OrderPlaced) -> State:
    return {"last": event, "count": state["count"] + 1}


def show(state: State) -> int:
    return state["last"].total.value + state["count"]  #: R OrderPlaced.total, R Amount.value
