//! The lines of the card, picked from the catalogue; each form of the card lays the same ones out.

use crate::words::Word;
use catalogue::{AmiRow, Kind, Lang, Note, Part, Ruling, ShortRow, Supply, Text};

/// Rulings about a keypad code, which the catalogue keeps by AMI code.
const KEYPAD_RULINGS: [(u8, &str); 2] = [(58, "single-phase"), (87, "live-or-last")];

/// The rulings on this code, in the catalogue's order.
pub(crate) fn rulings(row: &AmiRow) -> Vec<Text> {
    catalogue::rulings()
        .iter()
        .filter(|ruling| ruling.codes.contains(&row.ami))
        .map(|ruling| ruling.rule)
        .collect()
}

/// The numbers between the listed ones, then everything above: `1002, 1010, 1019, 1020, > 1025`,
/// with a space that does not break.
pub fn unlisted_numbers() -> String {
    let listed: Vec<u16> = catalogue::ami_rows().iter().map(|row| row.ami.0).collect();
    let (Some(&first), Some(&last)) = (listed.iter().min(), listed.iter().max()) else {
        return String::new();
    };
    (first..last)
        .filter(|code| !listed.contains(code))
        .map(|code| code.to_string())
        .chain([format!(">\u{a0}{last}")])
        .collect::<Vec<_>>()
        .join(", ")
}

/// One line of the guide's keypad table; a range such as `41–45` is one line.
pub(crate) struct KeypadLine {
    row: &'static ShortRow,
    /// How many codes the line stands for.
    codes: usize,
}

/// The guide's lines, in its order.
pub(crate) fn keypad() -> Vec<KeypadLine> {
    catalogue::short_rows()
        .chunk_by(|one, next| one.guide_code == next.guide_code)
        .filter_map(|codes| {
            codes.first().map(|row| KeypadLine {
                row,
                codes: codes.len(),
            })
        })
        .collect()
}

impl KeypadLine {
    /// The guide's cell, such as `41–45`.
    pub(crate) fn code(&self) -> &'static str {
        self.row.guide_code
    }

    /// The guide's meaning.
    pub(crate) fn meaning(&self) -> &'static str {
        self.row.meaning
    }

    /// The guide's action.
    pub(crate) fn action(&self) -> &'static str {
        self.row.field_action
    }

    /// What the meter shows, in our words: the name, and the unit of a measured value.
    pub(crate) fn shows(&self, lang: Lang) -> String {
        let name = self.row.name.get(lang);
        match (self.codes, self.row.kind, self.row.unit) {
            // "Cover opening, 1st last" to "5th last": what they share stands before the comma.
            (2.., kind, _) => {
                let shared = name.rsplit_once(',').map_or(name, |(shared, _)| shared);
                format!("{shared}, {}", kind.label(lang))
            }
            (_, Kind::Register | Kind::Instant | Kind::Setting, unit) if !unit.is_empty() => {
                format!("{name}, {unit}")
            }
            _ => name.to_owned(),
        }
    }

    /// The ruling on this line, if any.
    pub(crate) fn ruling(&self) -> Option<Text> {
        let (_, slug) = KEYPAD_RULINGS
            .iter()
            .find(|(code, _)| *code == self.row.code.0)?;
        catalogue::rulings()
            .iter()
            .find(|ruling| ruling.slug == *slug)
            .map(|ruling: &Ruling| ruling.rule)
    }
}

/// The parts of the guide's page, each with its heading and its lines.
pub(crate) fn notes() -> [(Word, Vec<&'static Note>); 2] {
    [
        (Word::KeyNotes, Part::KeyNotes),
        (Word::QuickGuide, Part::QuickGuide),
    ]
    .map(|(heading, part)| {
        let lines = catalogue::notes()
            .iter()
            .filter(|note| note.part == part)
            .collect();
        (heading, lines)
    })
}

/// How the card is used, in order; the last step is the catalogue's own.
pub(crate) fn how_to(lang: Lang) -> Vec<&'static str> {
    [Word::HowFind, Word::HowRead, Word::HowDo]
        .map(|word| word.get(lang))
        .into_iter()
        .chain(catalogue::step("verify").map(|step| step.text.get(lang)))
        .collect()
}

/// The word in the supply column, and the sentence that the legend gives for it.
pub(crate) const fn supply(supply: Supply) -> (Word, Word) {
    match supply {
        Supply::On => (Word::ShortOn, Word::SupplyOn),
        Supply::Off => (Word::ShortOff, Word::SupplyOff),
        Supply::Unknown => (Word::ShortUnknown, Word::SupplyUnknown),
    }
}

/// `87 = 00` stays on one line.
pub(crate) fn unbroken(text: &str) -> String {
    text.replace(" = ", "\u{a0}=\u{a0}")
}
