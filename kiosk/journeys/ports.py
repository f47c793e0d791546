"""All that stands behind the attendant, as one."""

from dataclasses import dataclass, field

from kiosk.devices import CardReader, IntakeDesk, ReceiptPrinter
from kiosk.document_camera import CameraDesk
from kiosk.forms.citizen_files import CitizenFiles
from kiosk.text_entry.engines import Engines


@dataclass(frozen=True)
class Ports:
    """`files` is None where citizens cannot hand in files of their own, `camera` where there is
    none."""

    reader: CardReader
    printer: ReceiptPrinter
    desk: IntakeDesk
    files: CitizenFiles | None = None
    engines: Engines = field(default_factory=Engines)
    camera: CameraDesk | None = None
