//! Two local times as text, and how far they are apart. No zone is needed: both are the meter's.

/// Seconds between two times `yyyy-MM-dd HH:mm:ss`; nothing where one of them is none.
pub(crate) fn apart(one: &str, other: &str) -> Option<i64> {
    Some((seconds(one)? - seconds(other)?).abs())
}

/// Seconds since a day of our own choosing.
fn seconds(text: &str) -> Option<i64> {
    let (date, time) = text.trim().split_once([' ', 'T'])?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    in_range.then(|| ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let number = |part: &str| part.parse::<u16>().ok().map(i64::from);
    let parts: Option<Vec<i64>> = text.split(between).map(number).collect();
    parts?.try_into().ok()
}

/// Days of the proleptic Gregorian calendar, counted from a March so that the leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap + (153 * month + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn times_are_compared_across_days_months_and_leap_years() {
        for (one, other, expected) in [
            ("2026-03-01 10:00:00", "2026-03-01 10:01:59", Some(119)),
            ("2026-03-01 00:00:30", "2026-02-28 23:59:30", Some(60)),
            (
                "2028-03-01 00:00:00",
                "2028-02-28 00:00:00",
                Some(2 * 86_400),
            ),
            ("2100-03-01 00:00:00", "2100-02-28 00:00:00", Some(86_400)),
            ("2027-01-01 00:00:00", "2026-12-31 23:59:59", Some(1)),
            ("2026-03-01T10:00:00", "2026-03-01 10:00:00", Some(0)),
            ("2026-03-01 10:00", "2026-03-01 10:00:00", None),
            ("2026-13-01 10:00:00", "2026-03-01 10:00:00", None),
            ("", "2026-03-01 10:00:00", None),
            ("1.3.2026 10:00:00", "2026-03-01 10:00:00", None),
        ] {
            assert_eq!(apart(one, other), expected, "{one} against {other}");
        }
    }
}
