"""Whether a FIT file ends with its checksum: CRC-16 with polynomial 0xA001, started at 0.

The file and the checksum after it, as one polynomial over the field of two elements, are a multiple of

    p(x) = x¹⁶ + x¹⁵ + x² + 1 = (x + 1) (x¹⁵ + x + 1)

so two divisions decide. A multiple of x + 1 has an even number of terms. For the other factor, squaring keeps a
polynomial as short as it is: with n a power of two, and bits in the order of the file, in which it reads backwards,

    (x¹⁵ + x¹⁴ + 1)ⁿ = x¹⁵ⁿ + x¹⁴ⁿ + 1,  so  1 ≡ x¹⁴ⁿ + x¹⁵ⁿ

The 14 n lowest bits can be added further up, in two places, and x¹⁴ⁿ, which shares no factor with it, be divided out.
Each round halves the bits; all of it is done in long whole numbers.
"""


def is_sealed(content: bytes) -> bool:
    """Whether the last two bytes of `content` are the checksum of what is before them."""
    word = int.from_bytes(content, "little")
    if word.bit_count() % 2:
        return False
    n = 1 << max(word.bit_length() // 15, 1).bit_length()
    while n := n >> 1:
        while word.bit_length() > 15 * n:
            low = word & ((1 << 14 * n) - 1)
            word = (word >> 14 * n) ^ low ^ (low << n)
    return word == 0
