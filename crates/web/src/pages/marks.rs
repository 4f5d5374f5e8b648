//! Small marks that every page uses: told by shape and word, colour only helps.

use askama::Template;
use askama::filters::HtmlSafe;
use catalogue::{Decision, Lang, Severity, Supply};
use store::Words;

use crate::said;

/// Whether the home has power: a full, an empty or a half disc, and the word.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<span class="supply"><i class="{{ word }}"></i>{{ label }}</span>"#,
    ext = "html"
)]
pub(crate) struct SupplyMark {
    word: &'static str,
    label: &'static str,
}

/// How much it matters: one to four bars, and the word.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<span class="severity {{ word }}"><span class="bars" aria-hidden="true">{% for bar in bars %}<i{% if bar %} class="on"{% endif %}></i>{% endfor %}</span>{{ label }}</span>"#,
    ext = "html"
)]
pub(crate) struct SeverityMark {
    word: &'static str,
    label: &'static str,
    bars: [bool; 4],
}

/// Who acts: nobody, the desk, or somebody who travels.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<span class="badge {{ class }}">{{ label }}</span>"#,
    ext = "html"
)]
pub(crate) struct Badge {
    class: &'static str,
    label: String,
}

impl HtmlSafe for SupplyMark {}
impl HtmlSafe for SeverityMark {}
impl HtmlSafe for Badge {}

impl SupplyMark {
    /// The mark of this state.
    pub(crate) fn of(supply: Supply, lang: Lang) -> Self {
        Self {
            word: supply.word(),
            label: supply.label(lang),
        }
    }
}

impl SeverityMark {
    /// The mark of this severity.
    pub(crate) fn of(severity: Severity, lang: Lang) -> Self {
        let height = Severity::ALL
            .iter()
            .position(|known| *known == severity)
            .unwrap_or(0);
        Self {
            word: severity.word(),
            label: severity.label(lang),
            bars: [1, 2, 3, 4].map(|bar| bar <= height),
        }
    }
}

impl Badge {
    /// The badge of a decision; a word nobody knows is shown as it stands.
    pub(crate) fn of(words: &Words, lang: Lang) -> Self {
        said::decision(words).map_or_else(
            || Self {
                class: "other",
                label: words.decision.clone(),
            },
            |decision| Self::known(decision, lang),
        )
    }

    /// The badge of a known decision.
    pub(crate) fn known(decision: Decision, lang: Lang) -> Self {
        Self {
            class: decision.word(),
            label: decision.label(lang).to_owned(),
        }
    }
}
