"""A log line with everything in it."""
import json
import logging

import contracts
from contracts.orders import OrderPlaced

log = logging.getLogger(__name__)


def audit(placed: OrderPlaced) -> dict[str, object]:  #: H OrderPlaced
    log.info("placed %s", placed)
    data = json.loads(contracts.to_json(placed))  #: E OrderPlaced
    return {"who": data["placed_by"], "id": placed.order_id}  #: D OrderPlaced.placed_by, R OrderPlaced.order_id
