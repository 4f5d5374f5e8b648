//! The worklist: what is wrong with the system, how much there is to do, and what to do now.

use super::choice::{Choice, Pager, Select};
use super::rows::{Beside, CaseRows};
use super::{Frame, IMPORT, answer};
use crate::asked::Asked;
use crate::fail::Fail;
use crate::paging::{self, CasePlace};
use crate::reads;
use crate::server::Server;
use crate::tally::{Counts, Tallied};
use crate::words::{Words, fill, words};
use askama::Template;
use axum::extract::State as With;
use axum::response::Response;
use catalogue::Decision;
use std::collections::HashMap;
use std::sync::Arc;
use store::{CaseFilter, Tally};

/// Cases on a page.
const ROWS: usize = 50;
/// Sites in the table below the list.
const SITES: usize = 30;
/// What a person at the desk works on.
const DECISIONS: [Decision; 3] = [Decision::Office, Decision::Visit, Decision::Unlisted];

#[derive(Template)]
#[template(path = "worklist.html")]
struct Worklist {
    f: Frame,
    tiles: Vec<Tile>,
    choice: Option<Choice>,
    cases: Option<CaseRows>,
    empty: Empty,
    pager: Pager,
    explained: Option<String>,
    sites: Vec<SiteRow>,
    more_sites: Option<String>,
}

/// One of the counted columns.
struct Tile {
    class: &'static str,
    count: u64,
    label: &'static str,
    lines: Vec<String>,
    href: Option<String>,
    here: bool,
}

/// What stands where no case does.
#[derive(Default)]
struct Empty {
    lines: Vec<&'static str>,
    command: Option<&'static str>,
    then: Option<&'static str>,
    all: Option<String>,
}

struct SiteRow {
    href: Option<String>,
    name: String,
    office: u64,
    visit: u64,
    unlisted: u64,
}

/// `GET /`.
pub(crate) async fn worklist(With(desk): With<Arc<Server>>, asked: Asked) -> Response {
    answer(&desk, &asked, page(&desk, &asked).await)
}

/// What this request chooses; a word that nobody knows chooses nothing.
fn chosen(asked: &Asked) -> CaseFilter {
    CaseFilter {
        decision: asked.word("decision", |word| Decision::from_word(word).is_some()),
        owner: asked.word("owner", |word| catalogue::Owner::from_word(word).is_some()),
        site: asked.owned("site"),
        cause: asked.owned("cause"),
        subject: asked.owned("subject"),
        // who looks for one subject wants to see all of it
        explained: asked.get("subject").is_some(),
        ..CaseFilter::default()
    }
}

async fn page(desk: &Arc<Server>, asked: &Asked) -> Result<Worklist, Fail> {
    let filter = chosen(asked);
    let after = asked.get("after").and_then(CasePlace::read);
    let (tally, sites, cases) = tokio::try_join!(
        desk.tally(),
        reads::site_names(desk),
        reads::cases(desk, &filter, after, ROWS + 1),
    )?;
    let (cases, next) = paging::cut(cases, ROWS, CasePlace::of);
    let beside = Beside {
        standings: reads::standings(desk, &cases).await?,
        explains: reads::explains(desk, &cases).await?,
        sites,
    };

    let w = words(asked.lang);
    let tallied = Tallied::of(&tally);
    let mut f = Frame::of(desk, asked, w.worklist);
    f.json = Some("/api/v1/worklist".to_owned());
    let rows = CaseRows::of(asked, &cases, &beside, w.cases_open);
    Ok(Worklist {
        tiles: tiles(asked, w, &tally, &tallied),
        choice: (tally.meters > 0 || !tally.open.is_empty())
            .then(|| choice(asked, &tallied, &beside.sites)),
        cases: (!cases.is_empty()).then_some(rows),
        empty: empty(asked, w, &tally, &filter),
        pager: Pager::of(asked, next.as_deref()),
        explained: (tally.explained > 0).then(|| fill(w.explained, "n", tally.explained)),
        more_sites: tallied
            .sites
            .len()
            .checked_sub(SITES + 1)
            .map(|more| fill(w.more_sites, "n", more + 1)),
        sites: site_rows(asked, w, &tallied, &beside.sites),
        f,
    })
}

fn tiles(asked: &Asked, w: &'static Words, tally: &Tally, tallied: &Tallied) -> Vec<Tile> {
    let counts = tallied.at(asked.get("site"));
    let tile = |decision: Decision, label, class| {
        let (count, urgent) = counts.of(decision);
        Tile {
            class,
            count,
            label,
            lines: (urgent > 0)
                .then(|| fill(w.urgent, "n", urgent))
                .into_iter()
                .collect(),
            href: Some(asked.links.to(
                "/",
                &[
                    ("decision", decision.word()),
                    ("site", asked.get("site").unwrap_or_default()),
                ],
            )),
            here: asked.get("decision") == Some(decision.word()),
        }
    };
    let mut lines = vec![fill(w.of_meters, "n", tally.meters)];
    if tally.unjudged > 0 {
        lines.push(fill(w.unjudged, "n", tally.unjudged));
    }
    vec![
        tile(Decision::Visit, w.tile_visit, "visit"),
        tile(Decision::Office, w.tile_office, "office"),
        tile(Decision::Unlisted, w.tile_unlisted, "unlisted"),
        Tile {
            class: "fine",
            count: tally.at_ease,
            label: w.tile_fine,
            lines,
            href: None,
            here: false,
        },
    ]
}

fn choice(asked: &Asked, tallied: &Tallied, names: &HashMap<String, String>) -> Choice {
    let mut sites: Vec<_> = tallied
        .sites
        .iter()
        .filter_map(|(site, counts)| {
            let id = site.clone()?;
            let name = names.get(&id).unwrap_or(&id);
            let text = format!("{name} ({})", counts.all());
            Some((id, text))
        })
        .collect();
    sites.sort_by(|one, other| one.1.cmp(&other.1));
    let selects = vec![
        Select::sites(asked, sites),
        Select::decisions(asked, &DECISIONS),
        Select::owners(asked),
    ];
    Choice::of(asked, "/", selects, &["cause", "subject"])
}

fn site_rows(
    asked: &Asked,
    w: &Words,
    tallied: &Tallied,
    names: &HashMap<String, String>,
) -> Vec<SiteRow> {
    let row = |(site, counts): &(Option<String>, Counts)| SiteRow {
        href: site
            .as_deref()
            .map(|id| asked.links.to("/", &[("site", id)])),
        name: site
            .as_ref()
            .map_or(w.no_site, |id| names.get(id).unwrap_or(id))
            .to_owned(),
        office: counts.of(Decision::Office).0,
        visit: counts.of(Decision::Visit).0,
        unlisted: counts.of(Decision::Unlisted).0,
    };
    tallied.sites.iter().take(SITES).map(row).collect()
}

/// What to do next where there is no case to show.
fn empty(asked: &Asked, w: &'static Words, tally: &Tally, filter: &CaseFilter) -> Empty {
    let narrowed = *filter != CaseFilter::default() || asked.get("after").is_some();
    if tally.meters == 0 && !narrowed {
        return Empty {
            lines: vec![w.none_yet, w.none_yet_do],
            command: Some(IMPORT),
            then: Some(w.none_yet_then),
            all: None,
        };
    }
    if narrowed {
        return Empty {
            lines: vec![w.none_chosen],
            all: Some(asked.links.to("/", &[])),
            ..Empty::default()
        };
    }
    let line = if tally.unjudged == tally.meters {
        w.none_judged
    } else {
        w.all_fine
    };
    Empty {
        lines: vec![line],
        ..Empty::default()
    }
}
