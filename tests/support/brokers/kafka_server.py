"""Apache Kafka as it is, from the jars that `make .integration/kafka/libs` fetches."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient
from tests.support.brokers.server import Headers, free_port, kill, launch
from tests.support.project import REPOSITORY

LIBS = REPOSITORY / ".integration/kafka/libs"

_SETTINGS = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{quorum}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{quorum}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={folder}/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
"""
_LOGGING = """\
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %m%n
"""


class KafkaServer:
    """One broker that is its own controller."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"kafka://127.0.0.1:{self._port}"

    def start(self) -> None:
        settings = self._folder / "server.properties"
        if not settings.exists():
            text = _SETTINGS.format(port=self._port, quorum=free_port(), folder=self._folder)
            settings.write_text(text, encoding="utf-8")
            (self._folder / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
            self._storage("format", "-t", self._storage("random-uuid").strip(), "-c", str(settings))
        self._process = launch([*self._java(), "-Xmx512m", "kafka.Kafka", str(settings)], self._folder / "kafka.log")
        self._wait()

    def kill(self) -> None:
        kill(self._process)

    stop = kill

    def put(self, channel: str, partition: int, body: bytes | None, headers: Headers | tuple[()] = ()) -> None:
        producer = Producer({"bootstrap.servers": f"127.0.0.1:{self._port}", "message.max.bytes": 2_000_000})
        named: list[tuple[str, str | bytes | None]] = [(name.decode(), value) for name, value in headers]
        producer.produce(channel, body, partition=partition, headers=named)
        assert producer.flush(20) == 0

    def _java(self) -> list[str]:
        configuration = f"-Dlog4j2.configurationFile={self._folder}/log4j2.properties"
        return ["java", configuration, "-cp", f"{LIBS}/*"]

    def _storage(self, *arguments: str) -> str:
        command = [*self._java(), "kafka.tools.StorageTool", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _wait(self) -> None:
        admin = AdminClient({"bootstrap.servers": f"127.0.0.1:{self._port}", "log_level": 0})
        end = time.monotonic() + 60
        while time.monotonic() < end:
            assert self._process is not None
            assert self._process.poll() is None, (self._folder / "kafka.log").read_text(encoding="utf-8")[-2000:]
            try:
                admin.list_topics(timeout=1)
            except KafkaException:
                time.sleep(0.2)
            else:
                return
        raise AssertionError("Kafka did not start")
