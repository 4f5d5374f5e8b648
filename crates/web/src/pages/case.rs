//! One case: its verdict, its life so far, its notes, and the cases it explains.

use super::choice::Pager;
use super::marks::Badge;
use super::meter_parts::{Facts, Value};
use super::notes::{self, NoteLine};
use super::rows::{Beside, CaseRows, SubjectLink, has_supply, site_link, subject};
use super::verdict::VerdictPart;
use super::{Frame, Link, answer};
use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::paging::{self, CasePlace};
use crate::reads;
use crate::said::Matter;
use crate::server::Server;
use crate::time::Age;
use crate::words::{fill, words};
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::response::Response;
use std::sync::Arc;
use store::{Case, CaseFilter, CaseId};

/// Explained cases on the page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    f: Frame,
    name: String,
    subject: SubjectLink,
    verdict: VerdictPart,
    badge: Badge,
    facts: Facts,
    closed_why: Option<String>,
    notes: Vec<NoteLine>,
    explained: Option<CaseRows>,
    how_many: Option<String>,
    pager: Pager,
}

/// `GET /cases/{id}`.
pub(crate) async fn case(
    With(desk): With<Arc<Server>>,
    path: Result<Path<String>, PathRejection>,
    asked: Asked,
) -> Response {
    // large: it holds several queries at once
    let page = Box::pin(page(&desk, &asked, path)).await;
    answer(&desk, &asked, page)
}

async fn page(
    desk: &State,
    asked: &Asked,
    path: Result<Path<String>, PathRejection>,
) -> Result<CasePage, Fail> {
    let case = reads::case(desk, path).await?;
    let after = asked.get("after").and_then(CasePlace::read);
    let below = CaseFilter {
        parent: Some(case.id),
        explained: true,
        ..CaseFilter::default()
    };
    let (sites, below, notes, parent) = tokio::try_join!(
        reads::site_names(desk),
        reads::cases(desk, &below, after, ROWS + 1),
        notes::of(desk, asked, std::slice::from_ref(&case)),
        reads::parent(desk, &case),
    )?;
    let (below, next) = paging::cut(below, ROWS, CasePlace::of);
    let beside = Beside {
        standings: reads::standings(desk, &below).await?,
        explains: reads::explains(desk, std::slice::from_ref(&case)).await?,
        sites,
    };

    let w = words(asked.lang);
    let matter = Matter::of_case(&case, asked.lang);
    let name = matter.name.clone();
    let title = format!("{name}{}{} {}", w.colon, case.subject.id, number(case.id));
    let explained = CaseRows::of(asked, &below, &beside, w.explained_here);
    Ok(CasePage {
        f: Frame::of(desk, asked, title),
        subject: subject(asked, &case, &beside.sites),
        verdict: VerdictPart::of(asked, matter, &case.words, has_supply(case.subject.kind)),
        badge: Badge::of(&case.words, asked.lang),
        facts: facts(asked, &case, parent.as_ref(), &beside),
        closed_why: case.closed_why.clone(),
        notes,
        explained: (!below.is_empty()).then_some(explained),
        how_many: beside.explains.get(&case.id).map(ToString::to_string),
        pager: Pager::of(asked, next.as_deref()),
        name,
    })
}

fn number(id: CaseId) -> String {
    format!("({})", id.0)
}

/// The life of a case.
fn facts(asked: &Asked, case: &Case, parent: Option<&Case>, beside: &Beside) -> Facts {
    let (w, lang, now) = (words(asked.lang), asked.lang, asked.now);
    let ago = |at| Value::Age(Age::ago(at, now, lang));
    let site = case.site.as_deref();
    let gateway = case.gateway.as_deref().map(|id| Link {
        href: asked.links.to("/meters", &[("gateway", id)]),
        text: id.to_owned(),
    });
    let parent = parent.map(|parent| Link {
        href: asked.links.to(&format!("/cases/{}", parent.id.0), &[]),
        text: format!(
            "{}{}{}",
            Matter::of_case(parent, lang).name,
            w.colon,
            parent.subject.id
        ),
    });
    let quiet = case
        .quiet_since
        .map(|at| Value::Age(Age::lasting(at, now, lang)));
    let flaps = (case.flaps > 0).then(|| Value::Text(fill(w.came_back, "n", case.flaps)));
    let rows = [
        (w.part_of, parent.map(Value::Link)),
        (
            w.site,
            site.map(|id| Value::Link(site_link(asked, id, &beside.sites))),
        ),
        (w.gateway, gateway.map(Value::Link)),
        (w.opened, Some(ago(case.opened_at))),
        (w.last_seen, Some(ago(case.seen_at))),
        (w.no_longer_seen, quiet),
        (w.flaps, flaps),
        (w.closed, case.closed_at.map(ago)),
    ];
    Facts::of(rows)
}
