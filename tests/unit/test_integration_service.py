"""What is the same for each service: settings by environment, logs as lines of JSON."""

from __future__ import annotations

import json
import logging
from typing import Annotated, Literal
from uuid import UUID

import pytest
from msgspec import Meta

from avow.runtime.integrations.service import logs, settings


class Settings(settings.Settings, frozen=True, kw_only=True):
    """Orders: takes what people buy."""

    style: Annotated[Literal["a", "b"], Meta(description="which way")] = "a"
    rate: Annotated[float, Meta(gt=0, description="how fast")] = 1.5
    token: Annotated[str, Meta(description="who may")]


def read(*arguments: str, **environment: str) -> Settings:
    return settings.read(Settings, "orders", {"TOKEN": "t", "PATH": "/bin", **environment}, arguments)


def test_each_is_the_variable_of_its_name() -> None:
    found = read(RATE="2", STYLE="b", PORT="8080", CHANNEL_PREFIX="staging.")
    assert (found.rate, found.style, found.port, found.channel_prefix) == (2.0, "b", 8080, "staging.")
    assert (found.broker_url, found.token) == ("nats://127.0.0.1:4222", "t")


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PORT": "high"}, "PORT=high: Expected `int`, got `str`"),
        ({"PORT": "65536"}, "PORT=65536: Expected `int` <= 65535"),
        ({"STYLE": "c"}, "STYLE=c: Invalid enum value 'c'"),
        ({"RATE": "0"}, "RATE=0: Expected `float` > 0.0"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL=LOUD: Expected `str` matching regex '^(DEBUG|INFO|WARNING|ERROR)$'"),
    ],
)
def test_one_that_cannot_be_is_a_line_and_exit_code_2(
    environment: dict[str, str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read(**environment)
    assert (ended.value.code, capsys.readouterr().err) == (2, f"orders: {message}\n")


def test_one_that_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        settings.read(Settings, "orders", {}, [])
    assert (ended.value.code, capsys.readouterr().err) == (2, "orders: TOKEN is not set\n")


def test_help_shows_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read("--help")
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith("usage: orders [-h]\n\nOrders: takes what people buy.\n")
    table = said.partition("settings, from the environment:\n")[2].splitlines()
    assert table[0] == (
        "  BROKER_URL       the broker, nats://HOST:PORT or kafka://HOST:PORT (by default nats://127.0.0.1:4222)"
    )
    assert table[-3:] == [
        "  STYLE            which way (by default a)",
        "  RATE             how fast (by default 1.5)",
        "  TOKEN            who may",
    ]


def line(record: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = json.loads(logs.JsonLines("orders").format(record))
    return found


def test_a_log_record_is_a_line_of_json() -> None:
    record = logging.LogRecord("a.b", logging.INFO, "", 1, "sold %d", (3,), None)
    record.created = 1.5
    record.__dict__ |= {"order": UUID(int=1), "tags": {"x"}}
    assert line(record) == {
        "time": "1970-01-01T00:00:01.500000Z",
        "level": "INFO",
        "service": "orders",
        "logger": "a.b",
        "message": "sold 3",
        "order": str(UUID(int=1)),
        "tags": ["x"],
    }


def test_an_exception_is_part_of_the_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "failed", (), (ValueError, error, error.__traceback__))
    text = logs.JsonLines("orders").format(record)
    assert "\n" not in text
    assert str(json.loads(text)["exception"]).endswith("ValueError: two\nlines")


def test_what_json_does_not_know_is_text() -> None:
    record = logging.LogRecord("a", logging.INFO, "", 1, "x", (), None)
    record.__dict__["thing"] = ValueError("odd")
    assert line(record)["thing"] == "odd"
