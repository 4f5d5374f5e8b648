//! A head-end's status item, or the status column of a table: which number, in which family.

use crate::item::{Number, Reading, digits, whole};
use crate::text;
use crate::unread::Unread;
use fleet::{AmiCode, Reason87, WireStatus};
use triage::Said;

/// Which family of numbers a head-end's status item answers with. It is a setting; until somebody
/// has confirmed it, a number that two families list is kept raw and goes to the AMI admin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StatusFamily {
    /// Nobody has confirmed it.
    #[default]
    Unconfirmed,
    /// 1000 to 1025.
    Ami,
    /// The sub-code of keypad code 87.
    Sub87,
    /// The wire status, in hexadecimal with or without `0x`.
    Wire,
}

impl StatusFamily {
    /// Every family, with its word in settings.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("unconfirmed", Self::Unconfirmed),
        ("ami", Self::Ami),
        ("sub87", Self::Sub87),
        ("wire", Self::Wire),
    ];
}

/// Reads a status cell: `1008`, `8`, `08`, `1008.0` as spreadsheets write it, `87-8`, `0x2D`, a
/// slug, or a whole "Meter operating status = 1008".
///
/// A leading zero says nothing here, since spreadsheets eat it: the column says that this is a
/// status, so `1` and `01` are both sub-code 1. The error is a sentence for the row.
pub fn read_status(cell: &str, family: StatusFamily) -> Result<Said, Unread> {
    let cell = cell.trim().trim_matches(['"', '\'']).trim();
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    if cell.is_empty() {
        return Err(Unread::Empty);
    }
    if family == StatusFamily::Wire
        && let Ok(byte) = u8::from_str_radix(cell.trim_start_matches("0x"), 16)
    {
        return Ok(Said::Wire(WireStatus(byte)));
    }
    if cell.bytes().all(|b| b.is_ascii_digit()) {
        let number = cell.parse().map_err(|_| Unread::no_code(cell))?;
        return number_of(number, cell, family);
    }
    let readings = whole(cell).or_else(|| {
        text::find(cell)
            .into_iter()
            .next()
            .map(|found| found.readings)
    });
    match readings.as_deref() {
        Some([one]) if !one.low_confidence => {
            one.number.said().ok_or_else(|| Unread::no_code(cell))
        }
        Some(
            [
                Reading {
                    number: Number::Reason(n),
                    ..
                },
                Reading {
                    number: Number::Wire(_),
                    ..
                },
            ],
        ) => Ok(Said::TwoFamilies(n.0)),
        _ => Err(Unread::no_code(cell)),
    }
}

fn number_of(number: u32, cell: &str, family: StatusFamily) -> Result<Said, Unread> {
    let ami = |n| {
        u16::try_from(n)
            .map(|n| Said::Ami(AmiCode(n)))
            .map_err(|_| Unread::no_code(cell))
    };
    match (family, u8::try_from(number)) {
        (StatusFamily::Ami, _) | (_, Err(_)) => ami(number),
        (StatusFamily::Sub87, Ok(n)) => Ok(Said::Reason(Reason87(n))),
        (_, Ok(n @ 0..=99)) if in_two_families(n) => Ok(Said::TwoFamilies(n)),
        (_, Ok(n @ 0..=99)) => Ok(Said::Reason(Reason87(n))),
        (_, Ok(_)) => ami(number),
    }
}

/// The decimal digits of a sub-code are also the hexadecimal digits of a wire status: 24.
fn in_two_families(n: u8) -> bool {
    wire_twin(n).is_some() && catalogue::reason(Reason87(n)).is_some()
}

/// The wire status with the same digits, if it was ever seen.
fn wire_twin(n: u8) -> Option<WireStatus> {
    let twin = WireStatus(u8::from_str_radix(&n.to_string(), 16).ok()?);
    catalogue::wire(twin).map(|row| row.wire)
}

/// The readings of a number that a label calls a status.
pub(crate) fn status_readings(token: &str) -> Option<Vec<Reading>> {
    let number = digits(token)?;
    let small = u8::try_from(number).ok().filter(|n| *n <= 99);
    let Some(n) = small else {
        return u16::try_from(number)
            .ok()
            .map(|n| vec![Number::Ami(AmiCode(n)).sure()]);
    };
    let twin = wire_twin(n).filter(|_| in_two_families(n));
    let sub = Number::Reason(Reason87(n)).sure();
    Some(
        std::iter::once(sub)
            .chain(twin.map(|twin| Number::Wire(twin).sure()))
            .collect(),
    )
}
