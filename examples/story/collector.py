"""A receiver of spans: OTLP over HTTP, as any tool for traces takes them, kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from msgspec import Struct
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Span(Struct, frozen=True):
    """A step of a trace; times are in nanoseconds since 1970."""

    trace: str
    id: str
    parent: str
    service: str
    name: str
    kind: str
    start: int
    end: int
    said: dict[str, str]


class Collector:
    """Takes spans while the story runs."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                collector.spans.extend(decoded(body))
                self.send_response(200)
                self.end_headers()

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def environment(self) -> dict[str, str]:
        """What a service is told to send its spans here, soon after they end."""
        host, port = self._server.server_address[:2]
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{host!s}:{port}", "OTEL_BSP_SCHEDULE_DELAY": "200"}

    def start(self) -> None:
        """Listen."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be gone."""
        self._server.shutdown()
        self._server.server_close()

    def of(self, trace: str) -> list[Span]:
        """Return the spans of a trace, as they began."""
        return sorted((span for span in self.spans if span.trace == trace), key=lambda span: span.start)


def decoded(body: bytes) -> Iterator[Span]:
    """Yield the spans of a request."""
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        service = _said(resource.resource.attributes).get("service.name", "")
        for scope in resource.scope_spans:
            yield from (_span(service, each) for each in scope.spans)


def _span(service: str, each: Any) -> Span:
    return Span(
        trace=each.trace_id.hex(),
        id=each.span_id.hex(),
        parent=each.parent_span_id.hex(),
        service=service,
        name=each.name,
        kind=each.SpanKind.Name(each.kind).removeprefix("SPAN_KIND_").lower(),
        start=each.start_time_unix_nano,
        end=each.end_time_unix_nano,
        said=_said(each.attributes),
    )


def _said(attributes: Iterable[Any]) -> dict[str, str]:
    return {each.key: str(getattr(each.value, each.value.WhichOneof("value") or "string_value")) for each in attributes}
