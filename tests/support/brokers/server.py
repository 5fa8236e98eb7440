"""What the tests ask of a broker: to start, to be killed and started again, and to take bytes that no client sends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Protocol

Headers = list[tuple[bytes, bytes]]


class Server(Protocol):
    """A broker in processes of its own, on 127.0.0.1."""

    url: str

    def start(self) -> None:
        """Start it, again where it was killed, and return when it answers."""

    def kill(self) -> None:
        """Kill it with SIGKILL."""

    def stop(self) -> None:
        """Stop it for good."""

    def put(self, channel: str, partition: int, body: bytes | None, headers: Headers = ()) -> None:  # type: ignore[assignment]
        """Put any bytes into a partition of a channel."""


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until something listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"nothing listens on {port}; exit code {process.poll()}")


def launch(arguments: list[str], log: Path) -> subprocess.Popen[bytes]:
    """Start a process that writes its output to a file."""
    with log.open("ab") as out:
        return subprocess.Popen(arguments, stdout=out, stderr=out, env={**os.environ})


def kill(process: subprocess.Popen[bytes] | None) -> None:
    """Kill a process with SIGKILL and wait for its end."""
    if process is not None and process.poll() is None:
        process.send_signal(signal.SIGKILL)
        process.wait()
