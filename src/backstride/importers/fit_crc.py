"""The checksum of FIT files: CRC-16 with polynomial 0xA001, started at 0.

The bytes are cut into equally long lanes which are worked through side by side. The lanes' checksums are
then joined: a CRC is linear, so the checksum of A followed by B is that of A moved on over len(B) zero
bytes, XOR that of B.
"""

import math

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint16]


def _byte_table() -> Words:
    crc = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        crc = np.where(crc & 1, (crc >> 1) ^ np.uint16(0xA001), crc >> 1).astype(np.uint16)
    return crc


_TABLE = _byte_table()


def crc16(content: bytes) -> int:
    """The checksum of `content`; 0 where its last two bytes are the checksum of what is before them."""
    width = max(1, math.isqrt(len(content)))
    length = -(-len(content) // width)
    padded = np.zeros(width * length, dtype=np.uint8)  # zeros in front leave a CRC started at 0 as it is
    if content:
        padded[-len(content) :] = np.frombuffer(content, dtype=np.uint8)
    lanes = np.zeros(width, dtype=np.uint16)
    for column in np.ascontiguousarray(padded.reshape(width, length).T):
        lanes = (lanes >> 8) ^ _TABLE[(lanes ^ column) & 0xFF]
    low, high = _moved_on(length)
    crc = 0
    for lane in lanes.tolist():
        crc = low[crc & 0xFF] ^ high[crc >> 8] ^ lane
    return crc


def _moved_on(zeros: int) -> tuple[list[int], list[int]]:
    """What each low byte, and each high byte, of a checksum becomes after that many zero bytes."""
    crc = np.concatenate([np.arange(256), np.arange(256) << 8]).astype(np.uint16)
    for _ in range(zeros):
        crc = (crc >> 8) ^ _TABLE[crc & 0xFF]
    return crc[:256].tolist(), crc[256:].tolist()
