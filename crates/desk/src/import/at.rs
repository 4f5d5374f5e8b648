//! When something was, as a file says it.

use fleet::Moment;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// Reads a time: with an offset or `Z` as it stands, without one as local time of this IANA zone.
/// Nothing where it cannot be read or the zone is not known on this computer.
pub(super) fn moment(text: &str, zone: &str) -> Option<Moment> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Moment(at.as_millisecond()));
    }
    let local: civil::DateTime = text.parse().ok()?;
    let zone = match zone {
        "UTC" => TimeZone::UTC,
        named => TimeZone::get(named).ok()?,
    };
    let at = local.to_zoned(zone).ok()?;
    Some(Moment(at.timestamp().as_millisecond()))
}
