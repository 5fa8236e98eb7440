"""Log context for the time that an event is handled."""

from contextlib import contextmanager
from time import perf_counter
from typing import Iterator

import structlog

from contracts.orders import OrderPlaced

logger = structlog.get_logger(__name__)


@contextmanager
def handling(event: OrderPlaced) -> Iterator[OrderPlaced]:
    started = perf_counter()
    structlog.contextvars.bind_contextvars(order_id=event.order_id, customer=event.customer)  #: R OrderPlaced.order_id, R OrderPlaced.customer
    try:
        yield event
    except Exception:
        logger.exception("order.failed", placed_by=event.placed_by)  #: R OrderPlaced.placed_by
        raise
    finally:
        logger.info("order.handled", seconds=perf_counter() - started)
        structlog.contextvars.clear_contextvars()


def on_order(event: OrderPlaced) -> None:  #: H OrderPlaced
    with handling(event) as order:
        for line in order.lines:  #: R OrderPlaced.lines
            logger.debug("order.line", sku=line.sku)  #: R Line.sku
