//! Hiding what was typed: a token in a log can be used by whoever reads the log first.

use crate::parse::is_filler;

/// Digits that stay readable, so that two people can speak of the same slip.
const SHOWN: usize = 4;
/// Fewer digits than this show nothing: four of five would give a keypad code away.
const FEWEST: usize = 16;
/// More stars than this say nothing more.
const MOST: usize = 24;

/// Any text with its letters and digits starred out, in groups of four.
///
/// The last four digits stay where the text has nothing but at least 16 digits, with spaces or
/// dashes between them. For input that [`crate::Token::parse`] refused.
///
/// ```
/// assert_eq!(tokens::mask("3703-7300-0144-6485-5694"), "**** **** **** **** 5694");
/// assert_eq!(tokens::mask("98765"), "**** *");
/// ```
pub fn mask(text: &str) -> String {
    let kept: Vec<char> = text.chars().filter(|&c| !is_filler(c)).collect();
    let shows = kept.len() >= FEWEST && kept.iter().all(char::is_ascii_digit);
    let hidden = if shows {
        kept.len() - SHOWN
    } else {
        kept.len()
    };
    let masked = |(place, c): (usize, &char)| if place < hidden { '*' } else { *c };
    let start = kept.len().saturating_sub(MOST);
    let out: Vec<char> = kept.iter().enumerate().skip(start).map(masked).collect();
    out.chunks(4)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join(" ")
}
