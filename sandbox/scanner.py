"""A virtual 2D scanner on a serial line: it sends what it scanned, and an ending."""

from pathlib import Path

from sandbox.terminal import Terminal


class Scanner:
    """Its device is the link `path`, while it is plugged in. `ending` follows every code."""

    def __init__(self, path: Path, ending: bytes = b"\r\n") -> None:
        # A host has nothing to say to it.
        self._terminal = Terminal(path, lambda _said: None)
        self._ending = ending

    @property
    def path(self) -> Path:
        return self._terminal.path

    def plug_in(self) -> None:
        """Raises FileExistsError when something else has the name."""
        self._terminal.plug_in()

    def pull_out(self) -> None:
        self._terminal.pull_out()

    def obey(self, word: str) -> None:
        """`ok`, which plugs it in, or `pulled_out`. ValueError for an order that is none."""
        match word:
            case "ok":
                self.plug_in()
            case "pulled_out":
                self.pull_out()
            case _:
                raise ValueError(f"there is no {word} of the scanner")

    def scan(self, text: str, piece: int | None = None) -> None:
        """Send a code, in UTF-8, in pieces of so many bytes; lost while it is pulled out."""
        self.send(text.encode() + self._ending, piece)

    def send(self, data: bytes, piece: int | None = None) -> None:
        """Bytes as they are: what a scanner with other settings, or a bad line, would send."""
        self._terminal.write(data, piece)
