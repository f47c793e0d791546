"""TLS of the service: its own certificate, and whose certificate the other end showed.

uvicorn has no TLS extension of ASGI (asgi.readthedocs.io, extension `tls`): a protocol of ours
reads the other end's certificate once for each connection.
"""

import asyncio
import ssl
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.intake.authority import Authority


def server_context(authority: Authority, names: Sequence[str]) -> ssl.SSLContext:
    """For a server of these names; a client may show a certificate, which then must be valid and
    of this authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_verify_locations(cadata=authority.certificate)
    key, certificate = authority.for_server(names)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.touch(mode=0o600)
        file.write_text(key + certificate, encoding="ascii")
        context.load_cert_chain(file)
    return context


class TellsPeer(H11Protocol):
    """Under TLS each request's scope has the extension `tls`, with the client's certificate."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
        if tls is None:
            return
        shown = tls.getpeercert(binary_form=True)
        chain = [ssl.DER_cert_to_PEM_cert(shown)] if shown else []
        self.app = _with_extension(self.app, {"client_cert_chain": chain})

    def shutdown(self) -> None:
        if self.scheme == "https" and (self.cycle is None or self.cycle.response_complete):
            # Nothing is under way, and the farewell of a client that says none is not waited for.
            # After close() asyncio's transport could not be aborted any more.
            self.transport.abort()
        else:
            super().shutdown()


def _with_extension(app: ASGIApp, tls: dict[str, Any]) -> ASGIApp:
    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})["tls"] = tls
        await app(scope, receive, send)

    return told
