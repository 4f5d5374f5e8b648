//! Words from the store, back in the catalogue's vocabulary. A word that nobody knows any more is
//! shown as it stands, never given a meaning.

use catalogue::{Advice, AmiRow, Decision, Lang, Owner, Severity, Supply};
use store::{Standing, Words};

/// What a verdict or a case is about.
#[derive(Clone, Debug)]
pub(crate) struct Matter {
    /// The code, where there is one: `1008`, also of an unlisted number.
    pub(crate) code: Option<String>,
    /// A short name.
    pub(crate) name: String,
    /// The guide's row, where the matter is one of its.
    pub(crate) row: Option<&'static AmiRow>,
    /// Our words and steps, where there are any.
    pub(crate) advice: Option<&'static Advice>,
}

/// Where the catalogue keeps our words of a cause.
type OurWords = fn() -> &'static Advice;

/// Causes that carry the number after the name.
const NUMBERED: [(&str, OurWords); 2] = [
    ("unlisted", catalogue::unlisted),
    ("two-families", catalogue::two_families),
];
/// Causes without a number, beside the catalogue's conditions.
const DERIVED: [(&str, OurWords); 3] = [
    ("relay-open", catalogue::relay_open),
    ("battery-low", catalogue::battery_low),
    ("says-nothing", catalogue::says_nothing),
];

impl Matter {
    /// The matter with this name: a slug or a cause.
    pub(crate) fn of(word: &str, lang: Lang) -> Self {
        Self::known(word, lang).unwrap_or_else(|| Self {
            code: None,
            name: word.replace('-', " "),
            row: None,
            advice: None,
        })
    }

    /// What a case is about: its slug names it, else its cause.
    pub(crate) fn of_case(case: &store::Case, lang: Lang) -> Self {
        Self::known(&case.cause, lang)
            .or_else(|| Self::known(&case.words.slug, lang))
            .unwrap_or_else(|| Self::of(&case.cause, lang))
    }

    /// What a meter's last verdict is about; an unlisted number is in its status.
    pub(crate) fn of_standing(standing: &Standing, lang: Lang) -> Self {
        let slug = match standing.words.slug.as_str() {
            "" => standing.words.decision.as_str(),
            slug => slug,
        };
        let mut matter = Self::of(slug, lang);
        matter.code = matter
            .code
            .or_else(|| standing.ami_code.map(|code| code.to_string()))
            .or_else(|| standing.status.clone().filter(|_| matter.row.is_none()));
        matter
    }

    fn known(word: &str, lang: Lang) -> Option<Self> {
        let ours = |code: Option<String>, advice: &'static Advice| Self {
            code,
            name: advice.name.get(lang).to_owned(),
            row: None,
            advice: Some(advice),
        };
        if let Some(row) = catalogue::by_slug(word) {
            return Some(Self::of_row(row, row.advice.name.get(lang)));
        }
        if let Some(wire) = catalogue::wire_rows().iter().find(|row| row.slug == word) {
            let row = wire.ami.first().and_then(|code| catalogue::ami(*code))?;
            return Some(Self::of_row(row, wire.name.get(lang)));
        }
        if let Some(condition) = catalogue::condition(word) {
            return Some(ours(None, &condition.advice));
        }
        if let Some((_, advice)) = DERIVED.iter().find(|(slug, _)| *slug == word) {
            return Some(ours(None, advice()));
        }
        NUMBERED.iter().find_map(|(slug, advice)| {
            let rest = word.strip_prefix(slug)?;
            let code = match rest {
                "" => None,
                rest => Some(rest.strip_prefix('-')?.to_owned()),
            };
            Some(ours(code, advice()))
        })
    }

    fn of_row(row: &'static AmiRow, name: &str) -> Self {
        Self {
            code: Some(row.ami.to_string()),
            name: name.to_owned(),
            row: Some(row),
            advice: Some(&row.advice),
        }
    }
}

/// Whether the home has power.
pub(crate) fn supply(words: &Words) -> Supply {
    Supply::from_word(&words.supply).unwrap_or(Supply::Unknown)
}

/// How much it matters; a number beyond the list is the worst of it.
pub(crate) fn severity(words: &Words) -> Severity {
    let last = Severity::ALL[Severity::ALL.len() - 1];
    Severity::ALL
        .get(usize::from(words.severity))
        .copied()
        .unwrap_or(last)
}

/// Who has to act.
pub(crate) fn owner(words: &Words, lang: Lang) -> String {
    Owner::from_word(&words.owner)
        .map_or_else(|| words.owner.clone(), |owner| owner.label(lang).to_owned())
}

/// The decision, where its word is known.
pub(crate) fn decision(words: &Words) -> Option<Decision> {
    Decision::from_word(&words.decision)
}

/// Why, sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Why {
    /// Who says so, and what each rule saw.
    pub(crate) because: Vec<String>,
    /// What is not known and would change the verdict.
    pub(crate) changes: Option<String>,
}

/// How `triage` begins the sentence that names what is not known.
const WOULD_CHANGE: [&str; 2] = [
    "Not known, and it would change this",
    "Inconnu, et cela changerait l'avis",
];

/// The sentences of a verdict in this language: English where there are none in it.
pub(crate) fn because(words: &Words, lang: Lang) -> Vec<String> {
    let text = words.because.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let Ok(serde_json::Value::Object(said)) = serde_json::from_str(text) else {
        return vec![text.to_owned()];
    };
    let sentences = |lang: Lang| -> Option<Vec<String>> {
        let list = said.get(lang.code())?.as_array()?;
        Some(
            list.iter()
                .filter_map(|sentence| sentence.as_str().map(str::to_owned))
                .collect(),
        )
    };
    sentences(lang)
        .or_else(|| sentences(Lang::En))
        .unwrap_or_default()
}

/// The same, with what would change the verdict apart.
pub(crate) fn why(words: &Words, lang: Lang) -> Why {
    let mut because = because(words, lang);
    let asks = because
        .last()
        .is_some_and(|last| WOULD_CHANGE.iter().any(|lead| last.starts_with(lead)));
    let changes = if asks { because.pop() } else { None };
    Why { because, changes }
}

/// The meter's factory code, which stands in the guide's row of 1008.
const FACTORY_CODE: &str = "12345";

/// The guide's text, word for word but for the factory code: whoever reads a page without signing
/// in is not told it. The card and the command line show the row whole.
pub(crate) fn guide(text: &str) -> String {
    text.replace(FACTORY_CODE, "•••••")
}

#[cfg(test)]
mod tests {
    use super::{Matter, Why, because, guide, why};
    use catalogue::Lang;
    use fleet::AmiCode;
    use store::Words;
    use triage::{Evidence, Said, judge};

    fn words(because: &str) -> Words {
        Words {
            because: because.to_owned(),
            ..Words::default()
        }
    }

    #[test]
    fn every_cause_that_triage_can_name_is_known_here() {
        let said = [
            Said::Ami(AmiCode(1008)),
            Said::Ami(AmiCode(1002)),
            Said::TwoFamilies(24),
            Said::Nothing,
        ];
        for said in said {
            let cause = judge(said, &Evidence::default()).cause();
            for lang in [Lang::En, Lang::Fr] {
                assert!(Matter::of(&cause, lang).advice.is_some(), "{cause}");
            }
        }
        let unlisted = Matter::of("unlisted-1002", Lang::En);
        assert_eq!(unlisted.code.as_deref(), Some("1002"));
        assert_eq!(unlisted.name, "Unlisted code");
    }

    #[test]
    fn every_row_and_condition_of_the_catalogue_has_its_name_and_steps() {
        let rows = catalogue::ami_rows().iter().map(|row| row.slug);
        let conditions = catalogue::conditions().iter().map(|row| row.slug);
        let wires = catalogue::wire_rows().iter().map(|row| row.slug);
        for slug in rows.chain(conditions).chain(wires) {
            assert!(Matter::of(slug, Lang::Fr).advice.is_some(), "{slug}");
        }
    }

    #[test]
    fn a_word_nobody_knows_is_shown_as_it_stands() {
        let matter = Matter::of("from-a-later-version", Lang::En);
        assert_eq!(matter.name, "from a later version");
        assert!(matter.advice.is_none() && matter.code.is_none());
        assert!(Matter::of("unlistedish", Lang::En).advice.is_none());
    }

    #[test]
    fn what_would_change_a_verdict_is_told_apart_as_triage_says_it() {
        let verdict = judge(Said::Ami(AmiCode(1003)), &Evidence::default());
        assert!(!verdict.asks.is_empty());
        for lang in [Lang::En, Lang::Fr] {
            let said = serde_json::json!({ lang.code(): verdict.because(lang) });
            let Why { because, changes } = why(&words(&said.to_string()), lang);
            assert_eq!(changes, verdict.because(lang).pop());
            assert_eq!(because.len() + 1, verdict.because(lang).len());
        }
    }

    #[test]
    fn sentences_that_are_no_json_are_kept_as_one() {
        assert_eq!(because(&words("plain"), Lang::Fr), ["plain"]);
        assert_eq!(because(&words(r#"{"en":["a","b"]}"#), Lang::Fr), ["a", "b"]);
        assert_eq!(because(&words(r#"{"en":7}"#), Lang::En), [""; 0]);
        assert_eq!(because(&words(""), Lang::En), [""; 0]);
    }

    #[test]
    fn the_factory_code_is_on_no_page() {
        let row = catalogue::ami(AmiCode(1008)).unwrap();
        assert!(row.field_action.contains("12345"));
        assert_eq!(
            guide(row.field_action),
            "Commission meter (default code: •••••)."
        );
        let own = catalogue::ami_rows().iter().flat_map(|row| {
            let steps = row.advice.steps.iter().map(|step| step.text.en);
            steps.chain([row.meaning, row.advice.action.en])
        });
        assert!(own.into_iter().all(|text| !text.contains("12345")));
    }
}
