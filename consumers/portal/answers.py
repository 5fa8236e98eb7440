"""What became of the commands of people."""

from __future__ import annotations

from producers.portal.desk import Desk

import contracts
from contracts.customers import ChangeAddressAnswer
from contracts.integrations.faststream import Bus


def handle_answers(bus: Bus, desk: Desk) -> None:
    """Subscribe to answers. The same answer again changes nothing, so no inbox is needed."""

    @bus.subscriber(ChangeAddressAnswer)
    async def keep(answer: ChangeAddressAnswer) -> None:
        desk.answer(answer.command_id, contracts.to_json(answer.outcome))
