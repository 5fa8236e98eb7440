"""The broker of the story: a nats-server of its own, or the one that BROKER_URL names."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from examples.story.processes import REPOSITORY, free_port, until


@contextmanager
def broker(folder: Path) -> Iterator[dict[str, str]]:
    """Return what services are told of a broker that is there, with all channels declared.

    On a broker of others the channels begin with a prefix of this run, so that nothing else is touched.
    """
    url = os.environ.get("BROKER_URL")
    if url is not None:
        told = {"BROKER_URL": url, "CHANNEL_PREFIX": f"story-{secrets.token_hex(3)}."}
        declare(told)
        yield told
        return
    with nats_server(folder) as own:
        told = {"BROKER_URL": own, "CHANNEL_PREFIX": ""}
        declare(told)
        yield told


@contextmanager
def nats_server(folder: Path, port: int = 0) -> Iterator[str]:
    """Run a nats-server with JetStream as a child, and return its address; port 0 is any that is free."""
    port = port or free_port()
    binary = Path(sys.executable).with_name("nats-server")
    command = [str(binary), "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(folder / "jetstream")]
    with (folder / "nats-server.log").open("ab") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        until(lambda: _listens(port), 20, "nats-server did not start")
        yield f"nats://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def declare(told: dict[str, str]) -> None:
    """Declare all channels, on several servers with three copies each.

    Raises RuntimeError with what the command says where it cannot.
    """
    command = [sys.executable, "-m", "contracts.integrations.faststream", "declare"]
    command += ["--replicas", "3"] if "," in told["BROKER_URL"] else []
    environment = {**os.environ, **told, "PYTHONPATH": str(REPOSITORY / "generated")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr or done.stdout)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True
