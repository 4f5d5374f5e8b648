//! Frames as people hand them over: hexadecimal digits or base64.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Puts the bytes of a text in place of what stood in `out`; whether it was one.
///
/// Digits in pairs are hex, spaces between them do not count. A text of such digits alone can be
/// base64 too, and is taken for it where it begins like the base64 of a frame and no hex of one
/// does: with `a` and a capital letter.
pub(super) fn read(text: &[u8], out: &mut Vec<u8>) -> bool {
    let text = text.trim_ascii();
    if !matches!(text, [b'a', b'A'..=b'F', ..]) && hex(text, out) {
        return true;
    }
    out.clear();
    BASE64.decode_vec(text, out).is_ok() || hex(text, out)
}

fn hex(text: &[u8], out: &mut Vec<u8>) -> bool {
    out.clear();
    let mut high = None;
    for byte in text.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let Some(digit) = digit(*byte) else {
            return false;
        };
        match high.take() {
            None => high = Some(digit << 4),
            Some(high) => out.push(high | digit),
        }
    }
    high.is_none()
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
