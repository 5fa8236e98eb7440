"""Limits by closures and nonlocal."""

import time
from collections import deque
from typing import Callable

from contracts.orders import PlaceOrder


def spending_limit(limit: int) -> Callable[[PlaceOrder], bool]:
    spent: dict[str, int] = {}

    def allow(command: PlaceOrder) -> bool:
        total = spent.get(command.customer, 0) + command.total.value  #: R PlaceOrder.customer, R PlaceOrder.total, R Amount.value
        if total > limit:
            return False
        spent[command.customer] = total  #: R PlaceOrder.customer
        return True

    return allow


def rate_limit(per_minute, clock=time.monotonic):
    window = deque()
    rejected = 0

    def allow(command):
        nonlocal rejected
        now = clock()
        while window and now - window[0][0] > 60:
            window.popleft()
        if len(window) >= per_minute and not command.gift:  #: R PlaceOrder.gift
            rejected += 1
            return False
        window.append((now, command.order_id))  #: R PlaceOrder.order_id
        return True

    return allow


LIMITS = [spending_limit(500_000), rate_limit(30)]


def accept(command: PlaceOrder) -> bool:  #: H PlaceOrder
    return all(allow(command) for allow in LIMITS) and bool(command.lines)  #: R PlaceOrder.lines
