//! Verdicts and conditions in the words that are kept.

use catalogue::{Advice, Lang, Severity};
use serde_json::json;
use store::Words;
use triage::Verdict;

/// A verdict in words.
pub(crate) fn of_verdict(verdict: &Verdict) -> Words {
    Words {
        slug: verdict.slug().unwrap_or_default().to_owned(),
        class: verdict.class.word().to_owned(),
        supply: verdict.supply.word().to_owned(),
        decision: verdict.decision.word().to_owned(),
        owner: verdict.owner.word().to_owned(),
        severity: rank(verdict.severity),
        because: because(&verdict.because(Lang::En), &verdict.because(Lang::Fr)),
    }
}

/// A condition of ours in words, and after its own sentences what was seen this time.
///
/// `said` is the sentence in English and French.
pub(crate) fn of_condition(slug: &'static str, said: Option<(&str, &str)>) -> Words {
    let advice = catalogue::condition(slug).map_or(catalogue::unlisted(), |found| &found.advice);
    let sentences = |lang, said: Option<&str>| -> Vec<String> {
        let own = advice.postpaid.iter().map(|text| text.get(lang));
        own.chain(said).map(str::to_owned).collect()
    };
    let en = sentences(Lang::En, said.map(|both| both.0));
    let fr = sentences(Lang::Fr, said.map(|both| both.1));
    of_advice(slug, advice, because(&en, &fr))
}

fn of_advice(slug: &str, advice: &Advice, because: String) -> Words {
    Words {
        slug: slug.to_owned(),
        class: advice.class.word().to_owned(),
        supply: advice.supply.word().to_owned(),
        decision: advice.decision.word().to_owned(),
        owner: advice.owner.word().to_owned(),
        severity: rank(advice.severity),
        because,
    }
}

fn because(en: &[String], fr: &[String]) -> String {
    json!({ "en": en, "fr": fr }).to_string()
}

/// The severity as the store orders it: 0 info to 4 critical.
pub fn rank(severity: Severity) -> u8 {
    let place = Severity::ALL.iter().position(|known| *known == severity);
    place
        .and_then(|place| u8::try_from(place).ok())
        .unwrap_or(0)
}

/// The severity of a rank; above 4 it is critical.
pub fn severity(rank: u8) -> Severity {
    let known = Severity::ALL.get(usize::from(rank)).copied();
    known.unwrap_or(Severity::Critical)
}

/// The sentences of a kept `because`, in one language; nothing where it holds none.
pub fn sentences(because: &str, lang: Lang) -> Vec<String> {
    let said: serde_json::Value = serde_json::from_str(because).unwrap_or_default();
    let key = match lang {
        Lang::En => "en",
        Lang::Fr => "fr",
    };
    let sentences = said.get(key).and_then(|list| list.as_array());
    let texts = sentences
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str());
    texts.map(str::to_owned).collect()
}
