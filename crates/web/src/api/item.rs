//! What a list holds.

use crate::said::{self, Matter};
use crate::time::iso;
use catalogue::Lang;
use serde::Serialize;
use store::{Case, CaseId, Meter, Standing};

/// One page of a list.
#[derive(Serialize)]
pub(crate) struct List<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page begins; nothing on the last.
    pub(crate) next: Option<String>,
}

/// A verdict; the first ten names are the contract's.
#[derive(Serialize)]
pub(crate) struct Item {
    meter: Option<String>,
    site: Option<String>,
    ami_code: Option<u16>,
    slug: Option<String>,
    supply: Option<String>,
    decision: Option<String>,
    owner: Option<String>,
    severity: Option<&'static str>,
    because: Vec<String>,
    observed_at: Option<String>,
    /// The status as it came.
    status: Option<String>,
    gateway: Option<String>,
    #[serde(flatten)]
    case: Option<CaseItem>,
}

/// What a case has beside its verdict.
#[derive(Serialize)]
struct CaseItem {
    case: i64,
    cause: String,
    subject: SubjectItem,
    opened_at: Option<String>,
    seen_at: Option<String>,
    quiet_since: Option<String>,
    flaps: u32,
    parent: Option<i64>,
    explains: u64,
    closed_at: Option<String>,
}

#[derive(Serialize)]
struct SubjectItem {
    kind: &'static str,
    id: String,
}

/// A word, unless nobody said one.
fn word(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Item {
    /// A case of the worklist.
    pub(crate) fn of_case(
        case: &Case,
        standing: Option<&Standing>,
        explains: u64,
        lang: Lang,
    ) -> Self {
        let of_meter = case.subject.kind == "meter";
        let observed = if of_meter {
            standing.and_then(|standing| standing.observed_at)
        } else {
            Some(case.seen_at)
        };
        Self {
            meter: of_meter.then(|| case.subject.id.clone()),
            site: case.site.clone(),
            ami_code: Matter::of_case(case, lang).row.map(|row| row.ami.0),
            slug: word(&case.words.slug),
            supply: word(&case.words.supply),
            decision: word(&case.words.decision),
            owner: word(&case.words.owner),
            severity: Some(said::severity(&case.words).word()),
            because: said::because(&case.words, lang),
            observed_at: observed.and_then(iso),
            status: standing.and_then(|standing| standing.status.clone()),
            gateway: case.gateway.clone(),
            case: Some(CaseItem {
                case: case.id.0,
                cause: case.cause.clone(),
                subject: SubjectItem {
                    kind: case.subject.kind,
                    id: case.subject.id.clone(),
                },
                opened_at: iso(case.opened_at),
                seen_at: iso(case.seen_at),
                quiet_since: case.quiet_since.and_then(iso),
                flaps: case.flaps,
                parent: case.parent.map(|CaseId(id)| id),
                explains,
                closed_at: case.closed_at.and_then(iso),
            }),
        }
    }

    /// A meter; one that was never judged has no verdict.
    pub(crate) fn of_meter(meter: &Meter, standing: Option<&Standing>, lang: Lang) -> Self {
        let words = standing.map(|standing| &standing.words);
        let judged = words.filter(|words| !words.decision.is_empty());
        Self {
            meter: Some(meter.number.to_string()),
            site: meter.site.as_ref().map(ToString::to_string),
            ami_code: standing.and_then(|standing| standing.ami_code),
            slug: judged.and_then(|words| word(&words.slug)),
            supply: judged.and_then(|words| word(&words.supply)),
            decision: judged.and_then(|words| word(&words.decision)),
            owner: judged.and_then(|words| word(&words.owner)),
            severity: judged.map(|words| said::severity(words).word()),
            because: judged
                .map(|words| said::because(words, lang))
                .unwrap_or_default(),
            observed_at: standing.and_then(|it| it.observed_at).and_then(iso),
            status: standing.and_then(|standing| standing.status.clone()),
            gateway: meter.gateway.as_ref().map(ToString::to_string),
            case: None,
        }
    }
}
