"""Addresses as pictures for the camera of a phone."""

import segno


def qr_picture(text: str) -> str:
    """The QR code of `text` as an address that an image takes: a data: URI."""
    return segno.make(text, error="m").svg_data_uri(border=2, scale=4)
