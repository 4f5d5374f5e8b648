//! The smaller parts of a meter's page.

use super::Link;
use super::rows::site_link;
use crate::asked::Asked;
use crate::time::Age;
use crate::words::{item, words};
use askama::Template;
use askama::filters::HtmlSafe;
use std::collections::HashMap;
use store::{Customer, Latest, Meter, Standing, StoredAnswer};

/// The longest raw answer shown, in characters.
const RAW_CHARS: usize = 4000;

/// Facts, one a line.
#[derive(Default, Template)]
#[template(path = "parts/facts.html")]
pub(crate) struct Facts {
    /// Name and value.
    facts: Vec<(&'static str, Value)>,
}

impl HtmlSafe for Facts {}

impl Facts {
    /// Those of these that are known.
    pub(crate) fn of(rows: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Self {
        let known = |(name, value): (_, Option<Value>)| Some((name, value?));
        Self {
            facts: rows.into_iter().filter_map(known).collect(),
        }
    }

    /// Whether nothing is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
}

/// What a fact's value is.
pub(crate) enum Value {
    /// A text from outside.
    Text(String),
    /// A link.
    Link(Link),
    /// A span or a moment.
    Age(Age),
}

/// The newest value of one item.
pub(crate) struct LatestLine {
    pub(crate) item: String,
    pub(crate) value: String,
    pub(crate) received: Age,
    pub(crate) unchanged: Age,
}

/// A raw answer.
pub(crate) struct RawLine {
    pub(crate) at: Age,
    pub(crate) source: String,
    pub(crate) asked: String,
    pub(crate) body: String,
    pub(crate) cut: bool,
    pub(crate) problem: Option<String>,
    pub(crate) settled: bool,
}

/// What is registered of a meter.
pub(crate) fn facts(
    asked: &Asked,
    meter: &Meter,
    customer: Option<&Customer>,
    sites: &HashMap<String, String>,
) -> Facts {
    let w = words(asked.lang);
    let yes = |known: Option<bool>| known.map(|it| if it { w.yes } else { w.no }.to_owned());
    let site = meter.site.as_ref().map(fleet::SiteId::as_str);
    let gateway = meter.gateway.as_ref().map(|gateway| Link {
        href: asked.links.to("/meters", &[("gateway", gateway.as_str())]),
        text: gateway.to_string(),
    });
    let of_customer = |part: fn(&Customer) -> Option<String>| customer.and_then(part);
    let name = of_customer(|it| it.name.clone()).or_else(|| meter.customer.clone());
    let rows = [
        (
            w.site,
            site.map(|id| Value::Link(site_link(asked, id, sites))),
        ),
        (w.customer, name.map(Value::Text)),
        (w.phone, of_customer(|it| it.phone.clone()).map(Value::Text)),
        (
            w.address,
            of_customer(|it| it.address.clone()).map(Value::Text),
        ),
        (w.gateway, gateway.map(Value::Link)),
        (w.head_end, meter.head_end.clone().map(Value::Text)),
        (w.phases, meter.phases.map(|it| Value::Text(it.to_string()))),
        (w.solar, yes(meter.solar).map(Value::Text)),
        (w.occupied, yes(meter.occupied).map(Value::Text)),
    ];
    Facts::of(rows)
}

/// How old what is known of a meter is.
pub(crate) fn freshness(asked: &Asked, standing: &Standing) -> Facts {
    let (w, lang, now) = (words(asked.lang), asked.lang, asked.now);
    let ago = |at| Value::Age(Age::ago(at, now, lang));
    let never = || Value::Text(w.not_asked.to_owned());
    let silent = (standing.silent > 0).then(|| Value::Text(standing.silent.to_string()));
    let rows = [
        (w.status, standing.status.clone().map(Value::Text)),
        (w.observed, standing.observed_at.map(ago)),
        (
            w.same_since,
            standing
                .since
                .map(|at| Value::Age(Age::lasting(at, now, lang))),
        ),
        (w.asked, Some(standing.asked_at.map_or_else(never, ago))),
        (w.heard, Some(standing.heard_at.map_or_else(never, ago))),
        (w.silent, silent),
    ];
    Facts::of(rows)
}

/// The newest value of each item, in the order of their names.
pub(crate) fn latest(asked: &Asked, latest: Vec<Latest>) -> Vec<LatestLine> {
    let mut lines: Vec<_> = latest
        .into_iter()
        .map(|latest| LatestLine {
            item: item(&latest.item, asked.lang).to_owned(),
            value: latest.value,
            received: Age::ago(latest.at, asked.now, asked.lang),
            unchanged: Age::lasting(latest.since, asked.now, asked.lang),
        })
        .collect();
    lines.sort_by(|one, other| one.item.cmp(&other.item));
    lines
}

/// Raw answers as they came.
pub(crate) fn raw(asked: &Asked, answers: Vec<StoredAnswer>) -> Vec<RawLine> {
    answers
        .into_iter()
        .map(|stored| {
            let end = stored.answer.body.char_indices().nth(RAW_CHARS);
            let mut body = stored.answer.body;
            if let Some((end, _)) = end {
                body.truncate(end);
            }
            RawLine {
                at: Age::ago(stored.answer.at, asked.now, asked.lang),
                source: stored.answer.source,
                asked: item(&stored.answer.asked, asked.lang).to_owned(),
                body,
                cut: end.is_some(),
                problem: stored.problem,
                settled: stored.settled,
            }
        })
        .collect()
}
