"""Every reader on which a card can be laid: the two of PC/SC, and one on a serial line."""

from pathlib import Path
from typing import Protocol

from sandbox.cards.card_file import CardFileError
from sandbox.cards.slot import VPCD_PORT, CardSlot
from sandbox.control import ControlProblem
from sandbox.pcsc import Pcscd, Readers, VirtualReaderMissing, ensure_pcscd
from sandbox.serial_reader import SerialReader

SERIAL = "serial"
KILLED = "killed"


class _Place(Protocol):
    def lay(self, file: Path) -> None: ...

    def take_away(self) -> None: ...


class CardReaders:
    """Orders that cannot be followed raise ControlProblem. `pcscd` and `serial` are what runs."""

    def __init__(self) -> None:
        self.pcscd: Pcscd | None = None
        self.serial: SerialReader | None = None
        self._slots: tuple[CardSlot, ...] = ()
        self._no_pcscd = "the virtual card reader is left to someone else"

    def start_pcscd(self) -> None:
        """Raises VirtualReaderMissing."""
        try:
            self.pcscd = ensure_pcscd()
        except VirtualReaderMissing as error:
            self._no_pcscd = str(error)
            raise
        self._slots = (CardSlot(), CardSlot(port=VPCD_PORT + 1))

    def start_serial(self, path: Path) -> None:
        """OSError when the name cannot be had."""
        reader = SerialReader(path)
        reader.plug_in()
        self.serial = reader

    def stop(self) -> None:
        for slot in self._slots:
            slot.close()
        if self.pcscd is not None:
            self.pcscd.stop()
        if self.serial is not None:
            self.serial.pull_out()

    def lay(self, file: Path, reader: object) -> None:
        place = self._place(reader)
        try:
            place.lay(file)
        except CardFileError as error:
            raise ControlProblem(str(error)) from error

    def take_away(self, reader: object) -> None:
        self._place(reader).take_away()

    def take_all_away(self) -> None:
        places: list[_Place] = [*self._slots]
        if self.serial is not None:
            places.append(self.serial)
        if not places:
            raise ControlProblem(self._no_pcscd)
        for place in places:
            place.take_away()

    def turn_pcscd(self, state: str) -> None:
        if self.pcscd is None:
            raise ControlProblem(self._no_pcscd)
        try:
            if state == KILLED:
                self.pcscd.kill()
            else:
                self.pcscd.have(Readers(state))
        except VirtualReaderMissing as error:
            raise ControlProblem(str(error)) from error

    def turn_serial(self, word: str, amount: float | None = None) -> None:
        if self.serial is None:
            raise ControlProblem("the serial reader was not started by this sandbox")
        self.serial.obey(word, amount)

    def _place(self, reader: object) -> _Place:
        match reader:
            case "serial" if self.serial is not None:
                return self.serial
            case 1 | 2 if self._slots:
                return self._slots[int(reader) - 1]
            case 1 | 2:
                raise ControlProblem(self._no_pcscd)
            case _:
                raise ControlProblem(f"there is no reader {reader} in this sandbox")
