"""`[tool.avow] integrations`: what it adds to the package, keeps up to date, and takes away again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.brokers.shop import PLACED, SETTINGS, contract
from tests.support.build import record
from tests.support.project import avow, make_project

PLAIN = 'namespace = "shop"'
EVERY = f'{PLAIN}\nintegrations = ["service", "outbox", "http", "faststream"]'
FILES = {"orders/OrderPlaced.avsc": PLACED}


def written(root: Path) -> set[str]:
    folder = root / "generated"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def change(root: Path, settings: str) -> None:
    (root / "pyproject.toml").write_text(f"[tool.avow]\n{settings}\n", encoding="utf-8")
    assert avow(root, "generate").code == 0


def table(root: Path) -> str:
    text = (root / "generated/contracts/_channels.py").read_text(encoding="utf-8")
    return text.partition("CONTRACTS: ")[2].partition("= {\n")[2]


def test_nothing_of_them_is_there_unless_asked_for(tmp_path: Path) -> None:
    root = make_project(tmp_path, FILES, PLAIN)
    assert avow(root, "generate").code == 0
    assert not [path for path in written(root) if "integrations" in path or "_channels" in path]
    assert "optional-dependencies" not in (root / "generated/pyproject.toml").read_text(encoding="utf-8")


def test_what_is_asked_for_comes_and_goes(tmp_path: Path) -> None:
    root = make_project(tmp_path, FILES, PLAIN)
    assert avow(root, "generate").code == 0
    before = written(root)
    change(root, f'{PLAIN}\nintegrations = ["outbox"]')
    outbox = written(root) - before
    change(root, f'{PLAIN}\nintegrations = ["outbox", "faststream"]')
    both = written(root) - before
    assert "contracts/integrations/outbox/__init__.py" in outbox
    assert not [path for path in outbox if "faststream" in path]
    assert {"contracts/integrations/faststream/__init__.py", "contracts/integrations/faststream/__main__.py"} <= both
    assert avow(root, "generate", "--check").code == 0
    change(root, PLAIN)
    assert written(root) == before


def test_the_extras_say_what_to_install(tmp_path: Path) -> None:
    root = make_project(tmp_path, FILES, EVERY)
    assert avow(root, "generate").code == 0
    text = (root / "generated/pyproject.toml").read_text(encoding="utf-8")
    assert text.partition("[project.optional-dependencies]\n")[2].partition("\n\n")[0].splitlines() == [
        'faststream = ["faststream[nats]>=0.7.8,<0.8"]',
        'faststream-kafka = ["faststream[confluent]>=0.7.8,<0.8"]',
        'http = ["httpx2>=2.10,<3", "starlette>=1,<2", "uvicorn>=0.40,<1"]',
        'outbox = ["SQLAlchemy>=2.0.40,<2.2"]',
        'outbox-postgresql = ["psycopg[binary]>=3.2,<4"]',
        'tracing = ["opentelemetry-api>=1.30,<2"]',
        'tracing-otlp = ["opentelemetry-exporter-otlp-proto-http>=1.30,<2", "opentelemetry-sdk>=1.30,<2"]',
    ]


def test_the_table_has_what_travels_through_a_broker(tmp_path: Path) -> None:
    part = record("shop.Part", ("class", ["null", "string"], None), contract={"kind": "document", "channel": "parts"})
    wrapped = record("shop.Wrapped", ("a_b", part), contract=contract("w", "a_b.class", retention="P1Y2M3D"))
    root = make_project(
        tmp_path,
        {
            "orders/OrderPlaced.avsc": PLACED,
            "Wrapped.avsc": wrapped,
            "Bare.avsc": record(
                "shop.Bare", contract={"kind": "snapshot", "channel": "bare", "retention": "P1DT2H3M4S"}
            ),
            "Ask.avsc": record("shop.Ask", contract={"kind": "query", "channel": "ask"}),
            "Answer.avsc": record("shop.Answer", contract={"kind": "answer"}),
            "Reply.avsc": record("shop.Reply", contract={"kind": "answer", "channel": "replies", "partitions": 2}),
            "Silent.avsc": record("shop.Silent", contract={"kind": "event"}),
        },
        SETTINGS.format(package="contracts"),
    )
    assert avow(root, "generate").code == 0
    assert table(root) == (
        f'    "shop.Bare": ("bare", (), 1, {86400 + 2 * 3600 + 3 * 60 + 4}),\n'
        '    "shop.Reply": ("replies", (), 2, 0),\n'
        f'    "shop.Wrapped": ("w", ("a_b", "class_"), 4, {(365 + 60 + 3) * 86400}),\n'
        '    "shop.orders.OrderPlaced": ("orders.placed", ("order",), 4, 604800),\n'
        "}\n\n"
        "# full name of a query: its channel\n"
        "QUERIES: dict[str, str] = {\n"
        '    "shop.Ask": "ask",\n'
        "}\n"
    )


def test_the_table_follows_a_change_of_metadata_alone(tmp_path: Path) -> None:
    root = make_project(tmp_path, {**FILES, "Other.avsc": record("shop.Other")}, SETTINGS.format(package="contracts"))
    assert avow(root, "generate").code == 0
    before = table(root)
    make_project(
        root,
        {"orders/OrderPlaced.avsc": {**PLACED, "contract": contract("orders.new", "note")}},
        SETTINGS.format(package="contracts"),
    )
    assert avow(root, "generate", "--check").code == 1
    assert avow(root, "generate").code == 0
    assert table(root) == before.replace('"orders.placed", ("order",)', '"orders.new", ("note",)') != before


CHECKS = {
    "the package imports nothing of them": (
        "import contracts, contracts.orders; contracts.encode(contracts.orders.OrderPlaced(order='a', number=1))",
        {
            "faststream",
            "nats",
            "confluent_kafka",
            "sqlalchemy",
            "starlette",
            "httpx2",
            "opentelemetry",
            "contracts.integrations",
        },
    ),
    "one broker does not import the other": (
        "from contracts.integrations.faststream import Bus; Bus('nats://127.0.0.1:1', service='a')",
        {"confluent_kafka", "sqlalchemy"},
    ),
    "nor the other way round": (
        "from contracts.integrations.faststream import Bus; Bus('kafka://127.0.0.1:1', service='a')",
        {"nats", "sqlalchemy"},
    ),
    "the outbox knows no broker": (
        "import contracts.integrations.outbox",
        {"faststream", "nats", "confluent_kafka", "starlette"},
    ),
    "http knows no broker and no database": (
        "import contracts.integrations.http",
        {"faststream", "nats", "confluent_kafka", "sqlalchemy"},
    ),
    "a service is made of what it is given": (
        "import contracts.integrations.service",
        {"faststream", "nats", "confluent_kafka", "sqlalchemy", "starlette", "opentelemetry.sdk"},
    ),
}


@pytest.mark.parametrize("what", CHECKS)
def test_only_what_is_used_is_imported(tmp_path: Path, what: str) -> None:
    root = make_project(tmp_path, FILES, EVERY)
    assert avow(root, "generate").code == 0
    code, absent = CHECKS[what]
    script = f"import sys\n{code}\nprint(sorted({absent!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root / "generated", capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


def test_an_address_of_nothing_known_is_refused(tmp_path: Path) -> None:
    root = make_project(tmp_path, FILES, SETTINGS.format(package="contracts"))
    assert avow(root, "generate").code == 0
    done = subprocess.run(
        [sys.executable, "-m", "contracts.integrations.faststream", "--url", "amqp://x", "declare"],
        cwd=root / "generated",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    expected = "amqp://x: the address of a broker begins with nats:// or kafka://\n"
    assert (done.returncode, done.stderr) == (2, expected)
