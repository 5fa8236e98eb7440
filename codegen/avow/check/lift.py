"""What runs in the process of its own: calls upcasters on samples and says which failed. See lifting.py.

It is run as a script, with the generated package on the path, and never imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import typing
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType
from typing import Any

_MEMORY = 2 << 30
"""Bytes of address space."""
_GENERATE = "Run `avow generate`: it writes the classes of older eras."


def _main() -> None:
    asked = json.load(sys.stdin)
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever an upcaster prints must not get into the answer
    _limit()
    json.dump(list(_failures(asked)), answer)
    answer.close()


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _failures(asked: Any) -> Iterator[dict[str, str]]:
    try:
        package = importlib.import_module(asked["package"])
        importlib.import_module(f"{asked['package']}.testing")
        module = _load(asked["file"])
    except BaseException as error:
        fix = _GENERATE if isinstance(error, ImportError) else ""
        yield {"function": "", "what": f"cannot be loaded: {_said(error)}", "fix": fix}
        return
    for job in asked["jobs"]:
        for what, value in _values(package, module, job):
            name = job["functions"][0]
            try:
                lifted = value()
                for name in job["functions"]:
                    lifted = _step(module, name, lifted)
                package.encode(lifted)
            except BaseException as error:
                yield {"function": name, "what": f"fails on {what}: {_said(error)}"}


def _values(package: ModuleType, module: ModuleType, job: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what upcasters are tried on: in words, and what makes it."""
    testing = importlib.import_module(f"{package.__name__}.testing")
    yield "a sample", lambda: testing.sample(_hints(module, job["functions"][0])[0])
    for message in job["messages"]:
        yield message["what"], partial(_read, package, job["reader"], message)


def _read(package: ModuleType, reader: str, message: Any) -> Any:
    """Return what an old version wrote, as the class of its era."""
    registry = importlib.import_module(f"{package.__name__}._api").registry
    return registry.reference.read_as(message["schema"], reader, bytes.fromhex(message["data"]), 0)


def _load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("upcasters", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["upcasters"] = module
    spec.loader.exec_module(module)
    return module


def _hints(module: ModuleType, name: str) -> tuple[Any, Any]:
    function: Callable[..., Any] = getattr(module, name)
    hints = dict(typing.get_type_hints(function))
    target = hints.pop("return")
    return next(iter(hints.values())), target


def _step(module: ModuleType, name: str, value: Any) -> Any:
    target = _hints(module, name)[1]
    lifted = getattr(module, name)(value)
    if not isinstance(lifted, target):
        raise TypeError(f"it says to return {target.__name__}, and returned {type(lifted).__name__}")
    return lifted


def _said(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__


if __name__ == "__main__":
    _main()
