//! A verdict in full: supply first, who acts, why, what to do, and the guide's own row.

use super::marks::{SeverityMark, SupplyMark};
use crate::asked::Asked;
use crate::said::{self, Matter, Why};
use crate::words::{self, Words};
use askama::Template;
use askama::filters::HtmlSafe;
use catalogue::Owner;

/// The verdict of a meter or of a case.
#[derive(Template)]
#[template(path = "parts/verdict.html")]
pub(crate) struct VerdictPart {
    w: &'static Words,
    /// Supply and who acts, in one sentence each.
    sentence: String,
    supply: Option<SupplyMark>,
    severity: SeverityMark,
    decision: &'static str,
    code: Option<String>,
    name: String,
    why: Why,
    action: Option<&'static str>,
    steps: Vec<&'static str>,
    /// Whether a step names a keypad code.
    keypad: bool,
    guide: Option<Guide>,
}

/// The guide's row, word for word.
struct Guide {
    ami: String,
    display: &'static str,
    meaning: String,
    field_action: String,
    /// Whether the factory code was left out.
    hidden: bool,
    rulings: Vec<&'static str>,
}

impl HtmlSafe for VerdictPart {}

impl VerdictPart {
    /// The verdict that these words keep; `home` is whether it is about homes with a supply.
    pub(crate) fn of(asked: &Asked, matter: Matter, said: &store::Words, home: bool) -> Self {
        let lang = asked.lang;
        let supply = said::supply(said);
        let mut sentence = String::new();
        if home {
            sentence += words::supply(supply, lang);
            sentence.push(' ');
        }
        let decision = said::decision(said);
        sentence += decision.map_or(said.decision.as_str(), |it| words::decision(it, lang));
        if !matches!(Owner::from_word(&said.owner), None | Some(Owner::Nobody)) {
            sentence += words::words(lang).colon;
            sentence += &said::owner(said, lang);
        }
        sentence.push('.');
        let steps: Vec<_> = matter
            .advice
            .map(|advice| {
                advice
                    .steps
                    .iter()
                    .map(|step| step.text.get(lang))
                    .collect()
            })
            .unwrap_or_default();
        let has_digits = |step: &&str| step.bytes().any(|it| it.is_ascii_digit());
        Self {
            w: words::words(lang),
            sentence,
            supply: home.then(|| SupplyMark::of(supply, lang)),
            severity: SeverityMark::of(said::severity(said), lang),
            decision: decision.map_or("other", catalogue::Decision::word),
            action: matter.advice.map(|advice| advice.action.get(lang)),
            keypad: steps.iter().any(has_digits),
            steps,
            guide: matter.row.map(|row| Guide {
                ami: row.ami.to_string(),
                display: row.display,
                meaning: row.meaning.to_owned(),
                field_action: said::guide(row.field_action),
                hidden: said::guide(row.field_action) != row.field_action,
                rulings: row
                    .rulings
                    .iter()
                    .map(|ruling| ruling.rule.get(lang))
                    .collect(),
            }),
            code: matter.code,
            name: matter.name,
            why: said::why(said, lang),
        }
    }
}
