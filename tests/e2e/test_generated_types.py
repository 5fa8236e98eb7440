"""What mypy and pyright say of code that uses a generated package: every mistake, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.domain import make_domain


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What has to be on the path for the domain to be imported."""
    root = tmp_path_factory.mktemp("domain")
    make_domain(root)
    return root / "generated"


SNIPPET = """
from __future__ import annotations

from decimal import Decimal
from typing import Any, assert_type

import contracts
from contracts import customers
from contracts.framing import bare, confluent
from contracts.policies import House, Person, Vehicle
from contracts.quoting import Quote
from contracts.shared import Address, Currency, Money
from contracts.testing import sample


def money() -> Money:
    Money(Decimal(1), Currency.GBP)  # WRONG: positional
    Money(amount=Decimal(1))  # WRONG: missing
    Money(amount=Decimal(1), currency=Currency.GBP, rate=1)  # WRONG: unknown
    Money(amount=1.5, currency=Currency.GBP)  # WRONG: of another type
    return Money(currency=Currency.GBP, amount=Decimal(1))


def names() -> None:
    customers.AdressChanged  # WRONG: misspelt
    contracts.custmers  # WRONG: misspelt
    Currency.GPB  # WRONG: misspelt
    contracts.customers.AddressChanged
    money().value  # WRONG: no field
    money().amount = Decimal(2)  # WRONG: immutable


def subject(quote: Quote) -> Vehicle | Person:
    assert_type(quote.subject, House | Vehicle | Person)
    if isinstance(quote.subject, House):
        assert_type(quote.subject, House)
        quote.subject.registration  # WRONG: a field of a vehicle
    else:
        return quote.subject
    return quote.subject  # WRONG: a house


def functions(data: bytes) -> None:
    assert_type(contracts.decode(data), Any)
    assert_type(contracts.decode(data, Address), Address)
    assert_type(bare.decode(data, Address), Address)
    assert_type(bare.decode(data, Currency), Currency)
    assert_type(confluent.decode(data, Address, schemas={1: Quote, 2: "text"}), Address)
    assert_type(contracts.from_json(Address, data), Address)
    assert_type(sample(Address, city="York"), Address)
    assert_type(sample(Address).line_2, str | None)
    assert_type(contracts.encode(money()), bytes)
    assert_type(contracts.to_json(Currency.GBP), str)
    contracts.encode({"a": 1})  # WRONG: no event
    contracts.decode("text")  # WRONG: no bytes
    contracts.decode(data, int)  # WRONG: no class of the package
"""
WRONG = [number for number, line in enumerate(SNIPPET.splitlines(), 1) if "# WRONG" in line]


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env={**os.environ, "MYPYPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.fixture(scope="module")
def snippet(folder: Path) -> Path:
    path = folder / "snippet.py"
    path.write_text(SNIPPET, encoding="utf-8")
    return path


def test_mypy_finds_every_mistake_and_no_other(folder: Path, snippet: Path) -> None:
    out = _run(folder, "mypy", "--strict", "--cache-dir", str(folder / "mypy"), "--output", "json", str(snippet))
    found = [json.loads(line) for line in out.splitlines()]
    assert {Path(row["file"]).name for row in found} == {snippet.name}
    assert sorted({row["line"] for row in found}) == WRONG, out


def test_pyright_finds_every_mistake_and_no_other(folder: Path, snippet: Path) -> None:
    settings = {"include": ["snippet.py"], "extraPaths": ["."], "typeCheckingMode": "standard"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    out = _run(folder, "pyright", "--outputjson", "--pythonpath", sys.executable)
    found = [row for row in json.loads(out)["generalDiagnostics"] if row["severity"] == "error"]
    assert {row["file"] for row in found} == {str(snippet)}
    assert sorted({row["range"]["start"]["line"] + 1 for row in found}) == WRONG, out
