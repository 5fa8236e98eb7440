"""nats-server from its wheel: one, or three as a cluster."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import nats
import nats.errors
from tests.support.brokers.server import Headers, free_port, kill, launch, wait_for_port

BINARY = str(Path(sys.executable).with_name("nats-server"))


class NatsServer:
    """One server with JetStream."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"nats://127.0.0.1:{self._port}"

    def start(self) -> None:
        store = str(self._folder / "store")
        arguments = [BINARY, "-a", "127.0.0.1", "-p", str(self._port), "-js", "-sd", store]
        self._process = launch(arguments, self._folder / "nats.log")
        wait_for_port(self._port, self._process)

    def kill(self) -> None:
        kill(self._process)

    stop = kill

    def put(self, channel: str, partition: int, body: bytes | None, headers: Headers | tuple[()] = ()) -> None:
        put(self._port, channel, partition, body, headers)


class NatsCluster:
    """Three servers, each with a copy of everything."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = [free_port() for _ in range(3)]
        self._routes = [free_port() for _ in range(3)]
        self._processes: list[subprocess.Popen[bytes] | None] = [None, None, None]
        self._next = 0
        self.url = ",".join(f"nats://127.0.0.1:{port}" for port in self._ports)

    def start(self) -> None:
        for number, process in enumerate(self._processes):
            if process is None or process.poll() is not None:
                self._processes[number] = launch([BINARY, "-c", str(self._config(number))], self._folder / "nats.log")
        for port, process in zip(self._ports, self._processes, strict=True):
            assert process is not None
            wait_for_port(port, process)
        asyncio.run(self._wait())

    async def _wait(self) -> None:
        """Wait until the three can keep something together."""
        async with await nats.connect(self.url.split(",")) as client:
            jetstream = client.jetstream(timeout=2)
            for _ in range(100):
                try:
                    await jetstream.add_stream(name="formed", subjects=["formed"], num_replicas=3)
                except nats.errors.Error:
                    await asyncio.sleep(0.1)
                else:
                    return
        raise AssertionError("the cluster did not form")

    def kill(self) -> None:
        """Kill one of the three, another each time: some streams and durables lose their leader."""
        kill(self._processes[self._next])
        self._next = (self._next + 1) % 3

    async def kill_leader(self, channel: str) -> None:
        """Kill the one that leads the stream of a channel."""
        async with await nats.connect(self.url.split(",")) as client:
            cluster = (await client.jetstream().stream_info(channel.replace(".", "~"))).cluster
        assert cluster is not None
        kill(self._processes[int((cluster.leader or "node0").removeprefix("node"))])

    def stop(self) -> None:
        for process in self._processes:
            kill(process)

    def put(self, channel: str, partition: int, body: bytes | None, headers: Headers | tuple[()] = ()) -> None:
        put(self._ports[0], channel, partition, body, headers)

    def _config(self, number: int) -> Path:
        routes = ", ".join(f"nats://127.0.0.1:{port}" for port in self._routes)
        path = self._folder / f"node{number}.conf"
        path.write_text(
            f'server_name: node{number}\nlisten: "127.0.0.1:{self._ports[number]}"\n'
            f'jetstream {{ store_dir: "{self._folder}/store{number}" }}\n'
            f'cluster {{ name: test, listen: "127.0.0.1:{self._routes[number]}", routes: [{routes}] }}\n',
            encoding="utf-8",
        )
        return path


def put(port: int, channel: str, partition: int, body: bytes | None, headers: Headers | tuple[()]) -> None:
    """Speak the protocol itself, since the client library cannot say what is no UTF-8."""
    head = b"NATS/1.0\r\n" + b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n"
    body = body or b""
    subject = f"{channel}.{partition}".encode()
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(b'CONNECT {"verbose": false, "headers": true}\r\n')
        connection.sendall(
            b"HPUB %s %d %d\r\n%s%s\r\nPING\r\n" % (subject, len(head), len(head) + len(body), head, body)
        )
        said = b""
        while b"PONG" not in said:
            said += connection.recv(4096)
        assert b"-ERR" not in said, said
