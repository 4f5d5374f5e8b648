//! The checksum of an STS block.

/// x^16 + x^15 + x^2 + 1, reflected.
const POLYNOMIAL: u16 = 0xA001;

/// The CRC-16 of a block: over class, subclass and data, which are 50 bits at the low end of seven
/// bytes with six zero bits before them.
///
/// It starts from `0xFFFF` and the two bytes of the result change places. Source: the plain block
/// published by the STS association (`0x1970`) and three published class-1 tokens.
pub fn block_crc(bits: [u8; 7]) -> u16 {
    bits.into_iter().fold(0xFFFF, with_byte).swap_bytes()
}

fn with_byte(crc: u16, byte: u8) -> u16 {
    (0..8).fold(crc ^ u16::from(byte), |crc, _| match crc & 1 {
        0 => crc >> 1,
        _ => (crc >> 1) ^ POLYNOMIAL,
    })
}
