//! Local time, as the meters' clocks show it.

use fleet::Moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `yyyy-MM-dd HH:mm:ss` in this IANA zone; nothing where none is named or nobody knows it: a wrong
/// time is worse than none.
pub(super) fn text(at: Moment, zone: Option<&str>) -> Option<String> {
    let zone = TimeZone::get(zone?).ok()?;
    let local = Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone);
    Some(local.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::text;
    use fleet::Moment;

    #[test]
    fn a_meters_clock_shows_the_time_of_its_site() {
        let at = Moment(1_785_909_600_000);
        let kampala = text(at, Some("Africa/Kampala"));
        assert_eq!(kampala.as_deref(), Some("2026-08-05 09:00:00"));
        assert_eq!(text(at, Some("Nowhere/Land")), None);
        assert_eq!(text(at, None), None);
    }
}
