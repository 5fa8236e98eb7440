"""The services as processes: each with its own database, port and log, started, ended and killed by name."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2 as httpx

REPOSITORY = Path(__file__).resolve().parents[2]

MODULES = {
    "portal": "producers.portal",
    **{
        path.parent.name: f"consumers.{path.parent.name}" for path in sorted(REPOSITORY.glob("consumers/*/__main__.py"))
    },
}
"""What `python -m` starts for each service: the portal is one to its people, the others to what they receive."""


class Services:
    """The services of one run, in a folder that holds their databases and logs.

    ``environment`` is what all of them are told beside what is theirs, such as where spans go; ``told`` is what each
    was told beside when it last started.
    """

    def __init__(self, folder: Path, broker_url: str, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in MODULES}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.told: dict[str, dict[str, str]] = {}
        self.http = httpx.Client(timeout=5)
        self._common = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "generated"), str(REPOSITORY)]),
            "BROKER_URL": broker_url,
            "CUSTOMERS_URL": self.url("customers"),
            **(environment or {}),
        }

    def url(self, name: str) -> str:
        """Return where a service answers."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def database(self, name: str) -> Path:
        """Return the database of a service."""
        return self.folder / f"{name}.db"

    def log(self, name: str) -> Path:
        """Return the log of a service, to which each start appends."""
        return self.folder / f"{name}.log"

    def environment(self, name: str, **more: str) -> dict[str, str]:
        """Return what a service is told."""
        own = {"DATABASE_URL": f"sqlite:///{self.database(name)}", "PORT": str(self.ports[name])}
        return {**self._common, **own, **more}

    def start(self, *names: str, **more: str) -> None:
        """Start services, without waiting for them."""
        for name in names:
            self.told[name] = more
            command = [sys.executable, "-m", MODULES[name]]
            with self.log(name).open("ab") as out:
                self.running[name] = subprocess.Popen(
                    command, env=self.environment(name, **more), stdout=out, stderr=out, cwd=self.folder
                )

    def wait(self, *names: str, seconds: float = 30.0) -> None:
        """Wait until services say that they are well."""
        for name in names or tuple(self.running):
            until(lambda name=name: self.is_well(name), seconds, f"{name} did not start: {self._last(name)}")  # type: ignore[misc]

    def is_well(self, name: str) -> bool:
        """Return whether a service says so. Raises RuntimeError where its process has ended."""
        process = self.running[name]
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with {process.returncode}: {self._last(name)}")
        return self.health(name).get("status") == "up"

    def health(self, name: str) -> dict[str, Any]:
        """Return what a service says of itself; nothing where it does not answer."""
        try:
            found: dict[str, Any] = self.http.get(f"{self.url(name)}/health").json()
        except (httpx.HTTPError, ValueError):
            return {}
        return found

    def end(self, *names: str) -> None:
        """Ask services to end, as an orchestrator does. Raises RuntimeError where one does not, or not with 0."""
        for name in names:
            self.running[name].send_signal(signal.SIGTERM)
        for name in names:
            code = self.running.pop(name).wait(30)
            if code != 0:
                raise RuntimeError(f"{name} ended with {code}: {self._last(name)}")

    def kill(self, *names: str) -> None:
        """Kill services, which they cannot prevent."""
        for name in names or tuple(self.running):
            process = self.running.pop(name)
            process.kill()
            process.wait()

    def close(self) -> None:
        """Kill what runs, and close the connections."""
        self.kill()
        self.http.close()

    def said(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of a service's log."""
        for line in self.log(name).read_text(encoding="utf-8").splitlines():
            if line.startswith("{"):
                yield json.loads(line)

    def _last(self, name: str) -> str:
        lines = self.log(name).read_text(encoding="utf-8").splitlines()
        return lines[-1] if lines else "it said nothing"


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(holds: Callable[[], object], seconds: float, otherwise: str) -> None:
    """Wait until something holds. Raises RuntimeError after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(otherwise)
        time.sleep(0.02)
