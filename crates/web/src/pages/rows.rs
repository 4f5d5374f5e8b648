//! Rows of cases, on the worklist and wherever a page names cases.

use super::Link;
use super::marks::{Badge, SeverityMark, SupplyMark};
use crate::asked::Asked;
use crate::said::{self, Matter};
use crate::time::Age;
use crate::words::{Words, fill, words};
use askama::Template;
use askama::filters::HtmlSafe;
use std::collections::HashMap;
use store::{Case, CaseId, Standing};

/// Many cases, one a row; on a telephone one a card.
#[derive(Template)]
#[template(path = "parts/cases.html")]
pub(crate) struct CaseRows {
    w: &'static Words,
    rows: Vec<CaseRow>,
    /// What a reader who does not see calls the table.
    caption: String,
}

impl HtmlSafe for CaseRows {}

/// What rows need to know beside the cases.
#[derive(Default)]
pub(crate) struct Beside {
    /// Where the meters among the subjects stand, by their number.
    pub(crate) standings: HashMap<String, Standing>,
    /// The names of sites, by their id.
    pub(crate) sites: HashMap<String, String>,
    /// How many open cases each case explains; those that explain none are left out.
    pub(crate) explains: HashMap<CaseId, u64>,
}

struct CaseRow {
    href: String,
    supply: Option<SupplyMark>,
    severity: SeverityMark,
    code: Option<String>,
    name: String,
    because: Option<String>,
    subject: SubjectLink,
    site: Option<Link>,
    badge: Badge,
    owner: String,
    opened: Age,
    closed: Option<Age>,
    quiet: Option<Age>,
    flaps: Option<String>,
    explains: Option<String>,
    answered: Option<Age>,
    seen: Age,
    of_meter: bool,
}

/// What a case is about, as a link where there is a page for it.
pub(crate) struct SubjectLink {
    pub(crate) kind: &'static str,
    /// Its id, or its name where it has one.
    pub(crate) id: String,
    pub(crate) href: Option<String>,
}

impl CaseRows {
    /// The rows of these cases, in their order.
    pub(crate) fn of(asked: &Asked, cases: &[Case], beside: &Beside, caption: &str) -> Self {
        Self {
            w: words(asked.lang),
            rows: cases.iter().map(|case| row(asked, case, beside)).collect(),
            caption: caption.to_owned(),
        }
    }
}

fn row(asked: &Asked, case: &Case, beside: &Beside) -> CaseRow {
    let (lang, now) = (asked.lang, asked.now);
    let w = words(lang);
    let matter = Matter::of_case(case, lang);
    let of_meter = case.subject.kind == "meter";
    let answered = beside
        .standings
        .get(&case.subject.id)
        .filter(|_| of_meter)
        .and_then(|standing| standing.observed_at);
    CaseRow {
        href: asked.links.to(&format!("/cases/{}", case.id.0), &[]),
        supply: has_supply(case.subject.kind)
            .then(|| SupplyMark::of(said::supply(&case.words), lang)),
        severity: SeverityMark::of(said::severity(&case.words), lang),
        code: matter.code,
        name: matter.name,
        because: said::because(&case.words, lang).into_iter().next(),
        subject: subject(asked, case, &beside.sites),
        site: case
            .site
            .as_deref()
            .filter(|_| case.subject.kind != "site")
            .map(|site| site_link(asked, site, &beside.sites)),
        badge: Badge::of(&case.words, lang),
        owner: said::owner(&case.words, lang),
        opened: Age::lasting(case.opened_at, now, lang),
        closed: case.closed_at.map(|at| Age::ago(at, now, lang)),
        quiet: case.quiet_since.map(|at| Age::lasting(at, now, lang)),
        flaps: (case.flaps > 0).then(|| fill(w.came_back, "n", case.flaps)),
        explains: beside.explains.get(&case.id).map(|n| explains(w, *n)),
        answered: answered.map(|at| Age::ago(at, now, lang)),
        seen: Age::ago(case.seen_at, now, lang),
        of_meter,
    }
}

fn explains(w: &Words, n: u64) -> String {
    match n {
        1 => w.explains_one.to_owned(),
        n => fill(w.explains, "n", n),
    }
}

/// Whether a subject is a home or several, so that its supply is a question at all.
pub(crate) fn has_supply(kind: &str) -> bool {
    matches!(kind, "meter" | "site")
}

/// What a case is about.
pub(crate) fn subject(asked: &Asked, case: &Case, sites: &HashMap<String, String>) -> SubjectLink {
    let (w, id) = (words(asked.lang), case.subject.id.as_str());
    let (kind, href) = match case.subject.kind {
        "meter" => ("", Some(asked.links.to(&meter_path(id), &[]))),
        "gateway" => (
            w.gateway,
            Some(asked.links.to("/meters", &[("gateway", id)])),
        ),
        "site" => (w.site, Some(asked.links.to("/meters", &[("site", id)]))),
        "head_end" => (w.head_end, None),
        _ => ("", None),
    };
    let name = sites.get(id).filter(|_| case.subject.kind == "site");
    SubjectLink {
        kind,
        id: name.map_or(id, String::as_str).to_owned(),
        href,
    }
}

/// A meter's page.
pub(crate) fn meter_path(number: &str) -> String {
    format!("/meters/{}", crate::lang::encoded(number))
}

/// A site's open cases.
pub(crate) fn site_link(asked: &Asked, id: &str, names: &HashMap<String, String>) -> Link {
    Link {
        href: asked.links.to("/", &[("site", id)]),
        text: names.get(id).cloned().unwrap_or_else(|| id.to_owned()),
    }
}
