//! Sentences with places for what was seen.

use crate::rule::Saw;
use catalogue::Lang;
use fleet::{HOUR, MINUTE};
use std::fmt::Write;

/// Fills the places of a sentence: `{0 kwh}` is the first number, Wh, shown in kWh. Another place is
/// shown as it stands, which no test lets happen.
pub(crate) fn filled(says: &str, saw: Saw, lang: Lang) -> String {
    let mut out = String::with_capacity(says.len() + 16);
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if put(place, saw, &mut out).is_none() {
            out.push('?');
        }
        rest = tail;
    }
    out.push_str(rest);
    match lang {
        Lang::En => out,
        Lang::Fr => with_commas(&out),
    }
}

fn put(place: &str, saw: Saw, out: &mut String) -> Option<()> {
    let (index, unit) = place.split_once(' ')?;
    let value = *saw.0.get(index.parse::<usize>().ok()?)?;
    match unit {
        "kwh" => decimal(value, 1000, 2, out, " kWh"),
        "kw" => decimal(value, 1000, 2, out, " kW"),
        "times" => decimal(value, 10, 1, out, ""),
        "percent" => decimal(value, 10, 1, out, " %"),
        "hours" => decimal(value, HOUR, 1, out, " h"),
        "minutes" => decimal(value, MINUTE, 0, out, " min"),
        "w" => write!(out, "{value} W").ok(),
        "n" => write!(out, "{value}").ok(),
        _ => None,
    }
}

/// `value / whole` with so many decimals, exact for the ones that are shown.
fn decimal(value: i64, whole: i64, decimals: u32, out: &mut String, unit: &str) -> Option<()> {
    let step = whole / 10_i64.pow(decimals);
    let shown = (i128::from(value.unsigned_abs()) + i128::from(step) / 2) / i128::from(step);
    let one = 10_i128.pow(decimals);
    let sign = if value < 0 && shown > 0 { "-" } else { "" };
    write!(out, "{sign}{}", shown / one).ok()?;
    if decimals > 0 {
        let width = decimals as usize;
        write!(out, ".{:0width$}", shown % one).ok()?;
    }
    write!(out, "{unit}").ok()
}

/// French writes a comma between the digits of a number.
fn with_commas(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let between = |at: usize| {
        at > 0
            && letters[at - 1].is_ascii_digit()
            && letters.get(at + 1).is_some_and(char::is_ascii_digit)
    };
    let letter = |(at, letter): (usize, &char)| match letter {
        '.' if between(at) => ',',
        other => *other,
    };
    letters.iter().enumerate().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::filled;
    use crate::rule::Saw;
    use catalogue::Lang;

    #[test]
    fn places_are_filled_with_their_units() {
        let says = "{0 kwh}, {1 hours}, {2 n}, {0 times}.";
        let saw = Saw([12_345, 5_400_000, 7]);
        let en = filled(says, saw, Lang::En);
        assert_eq!(en, "12.35 kWh, 1.5 h, 7, 1234.5.");
        assert_eq!(filled(says, saw, Lang::Fr), "12,35 kWh, 1,5 h, 7, 1234,5.");
        assert_eq!(filled("{0 kwh}", Saw([-4, 0, 0]), Lang::En), "0.00 kWh");
        assert_eq!(filled("{0 kwh}", Saw([-1995, 0, 0]), Lang::En), "-2.00 kWh");
        assert_eq!(filled("{4 kwh} {0 ell}", saw, Lang::En), "? ?");
    }
}
