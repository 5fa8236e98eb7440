"""W3C trace context through every hop, with spans where the OpenTelemetry API is installed.

Without it, what a handler sends carries the context of the message that it handles, so that a trace does not break
at a service that records nothing. Names: OpenTelemetry's semantic conventions for messaging.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from .envelope import Headers

_is_traced: bool = True
if TYPE_CHECKING:
    from opentelemetry import propagate, trace
else:
    try:
        from opentelemetry import propagate, trace
    except ImportError:
        _is_traced = False

Operation: TypeAlias = Literal["send", "process"]

_FIELDS: Final = ("traceparent", "tracestate", "baggage")
_carried: ContextVar[Headers | None] = ContextVar("avow_trace_context", default=None)


def context() -> Headers:
    """Return the headers that carry the trace context to whom something is sent from here."""
    if not _is_traced:
        return dict(_carried.get() or {})
    headers: Headers = {}
    propagate.inject(headers)
    return headers


@contextmanager
def span(
    operation: Operation, channel: str, headers: Mapping[str, str], attributes: Mapping[str, Any]
) -> Iterator[None]:
    """Run what is inside as a step of the trace that ``headers`` belong to, or else of the one that runs here."""
    if not _is_traced:
        is_from_here = operation == "send" and "traceparent" not in headers
        carried = _carried.get() if is_from_here else {name: headers[name] for name in _FIELDS if name in headers}
        token = _carried.set(carried)
        try:
            yield
        finally:
            _carried.reset(token)
        return
    kind = trace.SpanKind.PRODUCER if operation == "send" else trace.SpanKind.CONSUMER
    parent = propagate.extract(dict(headers)) if "traceparent" in headers else None
    said = {"messaging.operation.type": operation, "messaging.destination.name": channel, **attributes}
    tracer = trace.get_tracer("avow.integrations")
    with tracer.start_as_current_span(f"{operation} {channel}", parent, kind=kind, attributes=said):
        yield
