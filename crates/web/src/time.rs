//! Moments as people and programs read them.

use askama::Template;
use catalogue::Lang;
use fleet::{DAY, HOUR, MINUTE, Moment, SECOND};

/// A moment for a program: ISO 8601, UTC; nothing where it lies outside the years 0 to 9999.
pub(crate) fn iso(moment: Moment) -> Option<String> {
    jiff::Timestamp::from_millisecond(moment.0)
        .ok()
        .map(|stamp| stamp.to_string())
        .filter(|text| text.len() <= "2026-11-22T14:05:32.123Z".len())
}

/// A moment for a person, in UTC: `2026-11-22 14:05 UTC`.
pub(crate) fn exact(moment: Moment) -> String {
    let whole = moment.0.div_euclid(SECOND);
    match jiff::Timestamp::from_second(whole) {
        Ok(stamp) => stamp.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => format!("{whole} s"),
    }
}

/// How long something has lasted or how long ago it was; hovering shows the moment.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<time datetime="{{ iso }}" title="{{ exact }}">{{ text }}</time>"#,
    ext = "html"
)]
pub(crate) struct Age {
    text: String,
    iso: String,
    exact: String,
}

impl askama::filters::HtmlSafe for Age {}

impl Age {
    /// How long something has lasted: `3 h 20 min`.
    pub(crate) fn lasting(since: Moment, now: Moment, lang: Lang) -> Self {
        Self::said(since, span(now.since(since), lang))
    }

    /// How long ago something was: `3 h 20 min ago`.
    pub(crate) fn ago(moment: Moment, now: Moment, lang: Lang) -> Self {
        let passed = now.since(moment);
        let text = span(passed, lang).map(|span| match (passed < MINUTE, lang) {
            (true, Lang::En) => "just now".to_owned(),
            (true, Lang::Fr) => "à l'instant".to_owned(),
            (false, Lang::En) => format!("{span} ago"),
            (false, Lang::Fr) => format!("il y a {span}"),
        });
        Self::said(moment, text)
    }

    fn said(moment: Moment, text: Option<String>) -> Self {
        let exact = exact(moment);
        Self {
            text: text.unwrap_or_else(|| exact.clone()),
            iso: iso(moment).unwrap_or_default(),
            exact,
        }
    }
}

/// A span in the two largest units that matter; nothing where it lies in the future by more than
/// clocks differ.
fn span(milliseconds: i64, lang: Lang) -> Option<String> {
    let day = match lang {
        Lang::En => "d",
        Lang::Fr => "j",
    };
    let text = match milliseconds {
        ..=-60_000 => return None,
        ms if ms < MINUTE => match lang {
            Lang::En => "under 1 min".to_owned(),
            Lang::Fr => "moins d'1 min".to_owned(),
        },
        ms if ms < HOUR => format!("{}\u{a0}min", ms / MINUTE),
        ms if ms < DAY => two(ms / HOUR, "h", ms % HOUR / MINUTE, "min"),
        ms if ms < 14 * DAY => two(ms / DAY, day, ms % DAY / HOUR, "h"),
        ms => format!("{}\u{a0}{day}", ms / DAY),
    };
    Some(text)
}

fn two(much: i64, unit: &str, little: i64, part: &str) -> String {
    match little {
        0 => format!("{much}\u{a0}{unit}"),
        _ => format!("{much}\u{a0}{unit} {little}\u{a0}{part}"),
    }
}

/// Thousandths of a unit with as many decimals as they need: 1500 is `1.5`, in French `1,5`.
pub(crate) fn decimal(milli: i64, lang: Lang) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    let (whole, part) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    let part = format!("{part:03}");
    let point = match lang {
        Lang::En => '.',
        Lang::Fr => ',',
    };
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}{point}{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, exact, iso, span};
    use catalogue::Lang;
    use fleet::{DAY, HOUR, MINUTE, Moment};

    #[test]
    fn an_age_names_the_two_units_that_matter() {
        let ages = [
            (0, "under 1 min", "moins d'1 min"),
            (59 * MINUTE, "59 min", "59 min"),
            (HOUR, "1 h", "1 h"),
            (3 * HOUR + 20 * MINUTE, "3 h 20 min", "3 h 20 min"),
            (2 * DAY + HOUR, "2 d 1 h", "2 j 1 h"),
            (40 * DAY + HOUR, "40 d", "40 j"),
        ];
        for (ms, en, fr) in ages {
            let plain = |lang| span(ms, lang).map(|text| text.replace('\u{a0}', " "));
            assert_eq!(plain(Lang::En).as_deref(), Some(en));
            assert_eq!(plain(Lang::Fr).as_deref(), Some(fr));
        }
        assert_eq!(span(-2 * MINUTE, Lang::En), None);
    }

    #[test]
    fn a_moment_is_utc_and_the_ends_of_the_range_do_no_harm() {
        let moment = Moment(1_795_356_332_123);
        assert_eq!(iso(moment).as_deref(), Some("2026-11-22T14:05:32.123Z"));
        assert_eq!(exact(moment), "2026-11-22 14:05 UTC");
        for end in [i64::MIN, i64::MAX] {
            assert_eq!(iso(Moment(end)), None);
            assert!(exact(Moment(end)).ends_with(" s"));
        }
    }

    #[test]
    fn thousandths_keep_their_sign_and_lose_their_noughts() {
        assert_eq!(decimal(1500, Lang::En), "1.5");
        assert_eq!(decimal(1500, Lang::Fr), "1,5");
        assert_eq!(decimal(-7, Lang::En), "-0.007");
        assert_eq!(decimal(42_000, Lang::Fr), "42");
        assert_eq!(decimal(i64::MIN, Lang::En), "-9223372036854775.808");
    }
}
