"""The service of the page, unchanged on every broker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.support.brokers.start import make_server
from tests.support.project import REPOSITORY

SERVICE = REPOSITORY / "examples/service.py"

SENDER = """
import asyncio, os
from contracts.customers import AddressChanged
from contracts.integrations.faststream import Bus
from contracts.testing import sample

async def main():
    bus = Bus(os.environ["BROKER_URL"], service="customers")
    await bus.broker.start()
    await bus.publish(sample(AddressChanged))
    await bus.broker.stop()

asyncio.run(main())
"""


def test_the_page_shows_the_service_as_it_is() -> None:
    page = (REPOSITORY / "docs/integration.md").read_text(encoding="utf-8")
    assert f"```py\n{SERVICE.read_text(encoding='utf-8')}```\n" in page


def test_it_runs(server_kind: str, tmp_path: Path) -> None:
    server = make_server(server_kind, tmp_path)
    environment = {**os.environ, "BROKER_URL": server.url, "PYTHONPATH": str(REPOSITORY / "generated")}
    log = tmp_path / "service.log"
    command = [sys.executable, "-m", "contracts.integrations.faststream", "declare"]
    try:
        server.start()
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
        with log.open("wb") as out:
            service = subprocess.Popen([sys.executable, str(SERVICE)], env=environment, stdout=out, stderr=out)
        subprocess.run([sys.executable, "-c", SENDER], env=environment, check=True, timeout=300)
        end = time.monotonic() + 60
        while "moves on 2024-05-17, says customers" not in log.read_text(encoding="utf-8"):
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        service.terminate()
        assert service.wait(60) == 0
        assert "Traceback" not in log.read_text(encoding="utf-8")
    finally:
        server.stop()
