//! What kind of input it is, by its content and never by its name.

use crate::error::SheetError;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// What the first bytes say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A zip, which a workbook is.
    Workbook,
    /// Text in UTF-16.
    Utf16(&'static Encoding),
    /// Text in UTF-8 or an older code page, after so many bytes of BOM.
    Text(usize),
}

/// Beginnings that decide at once.
const MAGIC: &[(&[u8], Found)] = &[
    (b"PK\x03\x04", Found::Workbook),
    (b"\x1f\x8b", Found::Gzip),
    (b"\xd0\xcf\x11\xe0", Found::OldWorkbook),
    (b"\xef\xbb\xbf", Found::Utf8),
    (b"\xff\xfe", Found::LittleEndian),
    (b"\xfe\xff", Found::BigEndian),
];

#[derive(Clone, Copy)]
enum Found {
    Workbook,
    Gzip,
    OldWorkbook,
    Utf8,
    LittleEndian,
    BigEndian,
}

/// Of UTF-16 without a BOM so many characters are looked at.
const LOOKED_AT: usize = 64;

/// Tells what the first bytes of an input are.
pub(crate) fn kind(head: &[u8]) -> Result<Kind, SheetError> {
    let magic = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    match magic.map(|(_, found)| *found) {
        Some(Found::Workbook) => return Ok(Kind::Workbook),
        Some(Found::Gzip) => return Err(SheetError::Gzip),
        Some(Found::OldWorkbook) => return Err(SheetError::OldWorkbook),
        Some(Found::Utf8) => return text(head, 3),
        Some(Found::LittleEndian) => return Ok(Kind::Utf16(UTF_16LE)),
        Some(Found::BigEndian) => return Ok(Kind::Utf16(UTF_16BE)),
        None => {}
    }
    match utf16_without_bom(head) {
        Some(encoding) => Ok(Kind::Utf16(encoding)),
        None => text(head, 0),
    }
}

fn text(head: &[u8], bom: usize) -> Result<Kind, SheetError> {
    let text = &head[bom..];
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(SheetError::Empty);
    }
    if memchr::memchr(0, text).is_some() {
        return Err(SheetError::NotATable);
    }
    Ok(Kind::Text(bom))
}

/// A header is mostly plain letters, of which UTF-16 makes every other byte zero.
fn utf16_without_bom(head: &[u8]) -> Option<&'static Encoding> {
    let pairs: Vec<&[u8]> = head.chunks_exact(2).take(LOOKED_AT).collect();
    let zeros = |place: usize| pairs.iter().filter(|pair| pair[place] == 0).count();
    match (zeros(0), zeros(1)) {
        (0, low) if low * 10 > pairs.len() * 8 => Some(UTF_16LE),
        (high, 0) if high * 10 > pairs.len() * 8 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a text is JSON: its first character says so.
pub(crate) fn is_json(text: &[u8]) -> bool {
    let first = text.iter().find(|b| !b.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}
