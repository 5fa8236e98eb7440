"""W3C trace context through every hop, with spans where the OpenTelemetry API is installed.

Without it, what a handler sends carries the context of the message that it handles, so that a trace does not break
at a service that records nothing. Names: OpenTelemetry's semantic conventions for messaging, HTTP, databases and
CloudEvents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from .envelope import Envelope, Headers

_is_installed: bool = True
if TYPE_CHECKING:
    from opentelemetry import propagate, trace
else:
    try:
        from opentelemetry import propagate, trace
    except ImportError:
        _is_installed = False

Kind: TypeAlias = Literal["CLIENT", "CONSUMER", "INTERNAL", "PRODUCER", "SERVER"]
Described: TypeAlias = tuple[str, Mapping[str, Any]]
"""The name of a step and what else is said of it."""

_FIELDS: Final = ("traceparent", "tracestate", "baggage")
_ENTRANCES: Final = ("CONSUMER", "SERVER")
_NAME: Final = "avow.integrations"
_carried: ContextVar[Headers | None] = ContextVar("avow_trace_context", default=None)


class _Setup:
    """Whether the process records spans; the API without that costs time and records nothing."""

    is_recording = False


def look() -> None:
    """See whether OpenTelemetry was set up, which has to come before the first bus or relay starts."""
    _Setup.is_recording = _is_installed and not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)


def context() -> Headers:
    """Return the headers that carry the trace context to whom something is sent from here."""
    if not _Setup.is_recording:
        return _carried.get() or {}
    headers: Headers = {}
    propagate.inject(headers)
    return headers


def span(
    kind: Kind, headers: Mapping[str, str], describe: Callable[[], Described], *, start: int | None = None
) -> AbstractContextManager[Any]:
    """Make what is inside a step of the trace that ``headers`` belong to, or else of the one that runs here.

    ``start`` is when it began, in nanoseconds since 1970, where that was before.
    """
    if not _Setup.is_recording:
        return nullcontext() if kind not in _ENTRANCES and "traceparent" not in headers else _Carry(headers)
    name, said = describe()
    parent = propagate.extract(dict(headers)) if "traceparent" in headers else None
    tracer = trace.get_tracer_provider().get_tracer(_NAME)
    return tracer.start_as_current_span(
        name, parent, kind=trace.SpanKind[kind], attributes=dict(said), start_time=start
    )


def say(said: Mapping[str, str | int]) -> None:
    """Say more of the step that runs here."""
    if _Setup.is_recording:
        trace.get_current_span().set_attributes(said)


def inner(describe: Callable[[], Described]) -> Any:
    """Return a step of what runs here, begun and for the caller to end; None where nothing is recorded here."""
    if not _Setup.is_recording or not trace.get_current_span().is_recording():
        return None
    name, said = describe()
    tracer = trace.get_tracer_provider().get_tracer(_NAME)
    return tracer.start_span(name, kind=trace.SpanKind.CLIENT, attributes=dict(said))


def of_message(operation: Literal["send", "process"], channel: str, system: str, envelope: Envelope) -> Described:
    """Describe what is done with a message."""
    said = {
        "messaging.operation.type": operation,
        "messaging.destination.name": channel,
        "messaging.system": system,
        "messaging.message.id": envelope.id,
        "cloudevents.event_type": envelope.type,
    }
    return f"{operation} {channel}", said


class _Carry:
    """Passes on the context of what is handled, where nothing is recorded."""

    __slots__ = ("_headers", "_token")

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = {name: headers[name] for name in _FIELDS if name in headers}

    def __enter__(self) -> None:
        self._token = _carried.set(self._headers)

    def __exit__(self, *exception: object) -> None:
        _carried.reset(self._token)
