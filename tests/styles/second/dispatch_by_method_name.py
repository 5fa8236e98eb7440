"""Dispatch by method name."""

from contracts.orders import OrderPlaced, PlaceOrder


class Router:
    def route(self, event: OrderPlaced | PlaceOrder):
        handler = getattr(self, f"on_{type(event).__name__}", None)  #: E OrderPlaced, E PlaceOrder
        return handler(event) if handler else None

    def on_OrderPlaced(self, event):
        return event.placed_by  #: D OrderPlaced.placed_by

    def on_PlaceOrder(self, command):
        return command.gift  #: D PlaceOrder.gift
