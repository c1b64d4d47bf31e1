"""Whether a FIT file ends with its checksum: CRC-16 with polynomial 0xA001, started at 0.

The file and the checksum after it, as one polynomial over the field of two elements, are a multiple of

    p(x) = x¹⁶ + x¹⁵ + x² + 1 = (x + 1) (x¹⁵ + x + 1)

so two divisions decide. A multiple of x + 1 has an even number of terms. For the other factor, squaring keeps a
polynomial as short as it is: with n a power of two, and bits in the order of the file, in which it reads backwards,

    (x¹⁵ + x¹⁴ + 1)ⁿ = x¹⁵ⁿ + x¹⁴ⁿ + 1,  so  1 ≡ x¹⁴ⁿ + x¹⁵ⁿ

The 14 n lowest bits can be added further up, in two places, and x¹⁴ⁿ, which shares no factor with it, be divided out.
Each round halves the bits: whole words of 64 in numpy while there are many, then one long whole number.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
_FEW: Final = 240
"""Words that are no more than this are quicker divided as one number."""


def is_sealed(content: bytes) -> bool:
    """Whether the last two bytes of `content` are the checksum of what is before them."""
    words: Words = np.frombuffer(content + bytes(-len(content) % 8), dtype="<u8")
    if int(np.bitwise_xor.reduce(words)).bit_count() % 2:
        return False
    while len(words) > _FEW:
        words = _folded(words, 1 << ((len(words) - 1) // 15).bit_length() - 1)
    return _is_multiple(int.from_bytes(words.tobytes(), "little"))


def _folded(words: Words, n: int) -> Words:
    """Fold words to fewer with the same CRC remainder; there must be more than 15 n of them."""
    low, rest = words[: 14 * n], words[14 * n :]
    folded = np.zeros(max(len(rest), 15 * n), dtype=np.uint64)
    folded[: len(rest)] = rest
    folded[: 14 * n] ^= low
    folded[n : 15 * n] ^= low
    return folded


def _is_multiple(word: int) -> bool:
    """Whether the second factor divides it."""
    n = 1 << max(word.bit_length() // 15, 1).bit_length()
    while n := n >> 1:
        while word.bit_length() > 15 * n:
            low = word & ((1 << 14 * n) - 1)
            word = (word >> 14 * n) ^ low ^ (low << n)
    return word == 0
