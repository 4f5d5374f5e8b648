//! Decimal digits, two a byte, the last two first; a half byte above 9 is refused.

/// The number in up to four bytes, least significant first; nothing where a half byte is above 9.
///
/// Range: 0 to 99 999 999.
#[inline]
pub(crate) fn number<const N: usize>(bytes: [u8; N]) -> Option<u32> {
    const { assert!(N <= 4, "eight digits fit") };
    let mut word = [0; 4];
    word[..N].copy_from_slice(&bytes);
    let word = u32::from_le_bytes(word);
    // six more in every half byte: one that was above 9 carries into the next
    let spilled = u64::from(word) + 0x6666_6666;
    if (spilled ^ u64::from(word) ^ 0x6666_6666) & 0x1_1111_1110 != 0 {
        return None;
    }
    let pairs = (word & 0x0F0F_0F0F) + 10 * (word >> 4 & 0x0F0F_0F0F);
    let fours = (pairs & 0x00FF_00FF) + 100 * (pairs >> 8 & 0x00FF_00FF);
    Some((fours & 0xFFFF) + 10_000 * (fours >> 16))
}

/// The two digits of one byte.
#[inline]
pub(crate) fn pair(byte: u8) -> Option<u8> {
    let (tens, units) = (byte >> 4, byte & 0x0F);
    (tens < 10 && units < 10).then_some(tens * 10 + units)
}

/// The last 2 N digits of a number, least significant first.
pub(crate) fn digits<const N: usize>(number: u32) -> [u8; N] {
    let mut left = number;
    std::array::from_fn(|_| {
        let pair = left % 100;
        left /= 100;
        // OK because a pair is below 100
        u8::try_from(pair / 10 * 16 + pair % 10).unwrap_or_default()
    })
}
