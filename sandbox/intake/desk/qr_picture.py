"""A QR code as the path of an SVG picture."""

import qrcode

_QUIET = 4
"""Modules of quiet zone on each side (ISO/IEC 18004)."""


def qr_path_of(content: str) -> tuple[int, str]:
    """The picture's width and height in modules, and the `d` of one path that fills the dark
    ones."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(content)
    code.make(fit=True)
    modules = code.get_matrix()
    dark = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, on in enumerate(row) if on
    )
    return len(modules), "".join(dark)
