"""How the interpreter and the checker say where in a value something is wrong."""

from __future__ import annotations

from .schema import Field


class Fault(Exception):
    """Something is wrong in a value; the path to it is put together while the call stack unwinds."""

    def __init__(self, reason: str, offset: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset
        self._steps: list[str] = []

    def inside(self, step: str | int | Field) -> None:
        """Note one step of the path, from the inside out: a field, an index, or a map's key."""
        if isinstance(step, Field):
            self._steps.append(f".{step.name}")
        elif isinstance(step, int):
            self._steps.append(f"[{step}]")
        else:
            self._steps.append(f"[{step[:40]!r}]")

    @property
    def path(self) -> str:
        """The path from the outermost value, such as ``lines[3].amount``; long ones lose their middle."""
        steps = self._steps[::-1]
        if len(steps) > 24:
            steps = [*steps[:12], "…", *steps[-12:]]
        return "".join(steps).removeprefix(".")
