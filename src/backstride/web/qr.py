"""Addresses as pictures for the camera of a phone."""

import segno


def qr_picture(text: str) -> str:
    """Encode `text` as a QR code in a data: URI for an image."""
    return segno.make(text, error="m").svg_data_uri(border=2, scale=4)
