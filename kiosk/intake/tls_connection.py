"""TLS connections that hear why a server hung up."""

import ssl
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPSConnection


class TlsAdapter(HTTPAdapter):
    """Requests' adapter for https.

    In TLS 1.3 a server refuses a client's certificate after the handshake, while the client
    writes already. Then writing fails with an end of file, and the alert with the reason waits to
    be read. urllib3 reads on after a broken pipe, but not after TLS' own form of it.
    """

    def init_poolmanager(self, *arguments: Any, **settings: Any) -> None:
        super().init_poolmanager(*arguments, **settings)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _Pool}


class _Connection(HTTPSConnection):
    def request(self, *arguments: Any, **settings: Any) -> None:
        try:
            super().request(*arguments, **settings)
        except ssl.SSLEOFError as error:
            raise BrokenPipeError from error


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection
