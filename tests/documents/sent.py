"""A document as the bytes that a printer gets, and what these bytes say."""

from collections.abc import Iterator

import numpy as np

from hardware.receipt_printer.commands import encoded
from hardware.receipt_printer.layout import Layout
from kiosk.documents.document import Document

RASTER = b"\x1dv0\x00"


def sent(layout: Layout, document: Document) -> bytes:
    return b"".join(map(encoded, layout.pieces(document)))


def rasters(data: bytes, width: int) -> np.ndarray:
    """The dots of GS v 0 commands alone, 1 is black; AssertionError for anything else."""
    return np.concatenate(list(_strips(data, width)))


def _strips(data: bytes, width: int) -> Iterator[np.ndarray]:
    while data:
        assert data.startswith(RASTER)
        columns, rows = (int.from_bytes(data[at : at + 2], "little") for at in (4, 6))
        strip = np.zeros((rows, width // 8), np.uint8)
        dots = np.frombuffer(data[8 : 8 + columns * rows], np.uint8)
        strip[:, :columns] = dots.reshape(rows, columns)
        yield np.unpackbits(strip, axis=1)
        data = data[8 + columns * rows :]
