"""One thread's line to the intake."""

from collections.abc import Callable
from pathlib import Path

from kiosk.intake.client import IntakeClient
from kiosk.intake.device_identity import DeviceIdentity
from kiosk.intake.server_time import ServerTime
from kiosk.intake.standing import Standing


class Line:
    """A connection that shows the identity which the kiosk has by now."""

    def __init__(
        self, url: str, authority: Path | None, server_time: ServerTime, standing: Standing
    ) -> None:
        self._client = IntakeClient(url, authority=authority, server_time=server_time)
        self._standing = standing
        self._shown: DeviceIdentity | None = None

    @property
    def client(self) -> IntakeClient:
        """For one call."""
        identity = self._standing.identity
        if identity != self._shown:
            self._client.show(identity)
            self._shown = identity
        return self._client

    @property
    def kid(self) -> str | None:
        """The device key's, as it was shown last."""
        return self._shown.kid if self._shown is not None else None

    def close(self) -> None:
        self._client.close()


NewLine = Callable[[], Line]
"""Makes a line for the thread that calls it."""
