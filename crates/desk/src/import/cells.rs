//! What one cell of the fleet's table may hold. Each refusal says what to write.

use super::words::{FLAG, PHASES, either};
use fleet::{GatewayId, SiteId};

/// The longest customer id, as ids of sites and gateways.
const LONGEST_ID: usize = 64;
/// The longest name, telephone number or address.
const LONGEST_TEXT: usize = 300;

/// A site's id.
pub(super) fn site(cell: &str) -> Result<SiteId, String> {
    whole(cell)?;
    SiteId::parse(cell).ok_or_else(id_wanted)
}

/// A gateway's id.
pub(super) fn gateway(cell: &str) -> Result<GatewayId, String> {
    whole(cell)?;
    GatewayId::parse(cell).ok_or_else(id_wanted)
}

/// A customer's or a head-end's id.
pub(super) fn id(cell: &str) -> Result<String, String> {
    whole(cell)?;
    let fits = cell.chars().count() <= LONGEST_ID && !cell.chars().any(char::is_control);
    fits.then(|| cell.to_owned()).ok_or_else(id_wanted)
}

/// A name or an address: line breaks and runs of spaces become one space.
pub(super) fn text(cell: &str) -> Result<String, String> {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        ..=LONGEST_TEXT => Ok(line),
        count => Err(format!(
            "has {count} characters: write {LONGEST_TEXT} at most"
        )),
    }
}

/// A telephone number, kept as it is written.
pub(super) fn phone(cell: &str) -> Result<String, String> {
    whole(cell)?;
    text(cell)
}

/// A time zone's IANA name; whether it exists is looked up where it is used.
pub(super) fn zone(cell: &str) -> Result<String, String> {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
        part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.chars().all(plain)
    };
    let fits = cell == "UTC" || (cell.contains('/') && cell.split('/').all(part));
    (fits && cell.len() <= LONGEST_ID)
        .then(|| cell.to_owned())
        .ok_or_else(|| "is no time zone: write its IANA name, such as Africa/Kampala".to_owned())
}

/// 1 or 3.
pub(super) fn phases(cell: &str) -> Result<u8, String> {
    let single = either(cell, PHASES).ok_or("is neither 1 nor 3: write how many phases it has")?;
    Ok(if single { 1 } else { 3 })
}

/// Yes or no.
pub(super) fn flag(cell: &str) -> Result<bool, String> {
    Ok(either(cell, FLAG).ok_or("is neither yes nor no: write one of them")?)
}

/// A number that a spreadsheet has rounded is not the one that stood there.
fn whole(cell: &str) -> Result<(), String> {
    let rounded = cell
        .split_once(['E', 'e'])
        .is_some_and(|(mantissa, exponent)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            // a gateway may be called 12E4; a spreadsheet writes 1.2E+5
            let parts = mantissa.split_once(['.', ',']);
            exponent.strip_prefix('+').is_some_and(digits)
                && parts.map_or(digits(mantissa), |(one, rest)| digits(one) && digits(rest))
        });
    if rounded {
        return Err(
            "was rounded by a spreadsheet and its last digits are lost: format the column as \
             text and export again"
                .to_owned(),
        );
    }
    Ok(())
}

fn id_wanted() -> String {
    format!("is too long or has unseen characters: write {LONGEST_ID} characters at most")
}
