//! One meter: its verdict first, then everything that is known of it.

use super::acts::{self, ActLine, HoldLine};
use super::meter_parts::{Facts, LatestLine, RawLine, facts, freshness, latest, raw};
use super::notes::{self, NoteLine};
use super::readings::Curve;
use super::rows::{Beside, CaseRows};
use super::verdict::VerdictPart;
use super::{Frame, answer};
use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::reads;
use crate::said::Matter;
use crate::server::Server;
use crate::words::{REGISTERS, words};
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::response::Response;
use fleet::{DAY, MeterCheck, MeterNumber};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Case, CaseFilter, Event};

/// Raw answers on the page.
const ANSWERS: usize = 20;
/// Commands on the page.
const ACTS: usize = 10;
/// Events on the page.
const EVENTS: usize = 20;
/// Closed cases on the page.
const CLOSED: usize = 20;
/// How far back readings are drawn, milliseconds.
const READINGS_SPAN: i64 = 31 * DAY;
/// Readings of a register on the page: hourly ones of a month.
const READINGS: usize = 31 * 24;

#[derive(Template)]
#[template(path = "meter.html")]
struct MeterPage {
    f: Frame,
    number: MeterNumber,
    warning: Option<&'static str>,
    facts: Facts,
    verdict: Option<VerdictPart>,
    fresh: Facts,
    holds: Vec<HoldLine>,
    acts: Vec<ActLine>,
    open: Option<CaseRows>,
    closed: Option<CaseRows>,
    notes: Vec<NoteLine>,
    latest: Vec<LatestLine>,
    curves: Vec<Curve>,
    events: Vec<Event>,
    raw: Vec<RawLine>,
}

/// `GET /meters/{meter}`.
pub(crate) async fn meter(
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
) -> Result<MeterPage, Fail> {
    let Path(text) = path.map_err(|_| Fail::NoPage)?;
    let number = reads::meter_number(&text)?;
    let known = reads::known(desk, &number).await?;
    let (sites, closed, answers, events, curves, commands, holds) = tokio::try_join!(
        reads::site_names(desk),
        closed(desk, &number),
        reads::answers(desk, &number, ANSWERS),
        reads::events(desk, &number, EVENTS),
        curves(desk, asked, &number),
        reads::commands(desk, &number, ACTS),
        reads::holds(desk, &number),
    )?;
    let customer = match known.meter.customer.as_deref() {
        Some(id) => reads::customer(desk, id).await?,
        None => None,
    };
    let mut notes = notes::of(desk, asked, &known.cases).await?;
    notes.extend(notes::of(desk, asked, &closed).await?);

    let w = words(asked.lang);
    let standing = known.standing.as_ref();
    let judged = standing.filter(|standing| !standing.words.decision.is_empty());
    let beside = Beside {
        standings: standing
            .map(|standing| (number.to_string(), standing.clone()))
            .into_iter()
            .collect::<HashMap<_, _>>(),
        explains: reads::explains(desk, &known.cases).await?,
        sites,
    };
    let table = |cases: &[Case], caption: &str| {
        (!cases.is_empty()).then(|| CaseRows::of(asked, cases, &beside, caption))
    };
    let mut f = Frame::of(desk, asked, format!("{} {number}", w.meter));
    f.json = Some(format!("/api/v1/meters/{number}"));
    Ok(MeterPage {
        f,
        warning: match number.check() {
            MeterCheck::Ok => None,
            MeterCheck::BadLuhn => Some(w.number_luhn),
            MeterCheck::BadLength => Some(w.number_length),
            MeterCheck::Foreign => Some(w.number_foreign),
        },
        facts: facts(asked, &known.meter, customer.as_ref(), &beside.sites),
        verdict: judged.map(|standing| {
            let matter = Matter::of_standing(standing, asked.lang);
            VerdictPart::of(asked, matter, &standing.words, true)
        }),
        fresh: standing
            .map(|standing| freshness(asked, standing))
            .unwrap_or_default(),
        holds: acts::holds(asked, holds),
        acts: acts::lines(asked, commands),
        open: table(&known.cases, w.cases_open),
        closed: table(&closed, w.cases_closed),
        notes,
        latest: latest(asked, known.latest),
        curves,
        events,
        raw: raw(asked, answers),
        number,
    })
}

/// The cases that were closed last.
async fn closed(desk: &State, number: &MeterNumber) -> Result<Vec<Case>, Fail> {
    let filter = CaseFilter {
        subject: Some(number.to_string()),
        explained: true,
        closed: true,
        ..CaseFilter::default()
    };
    let mut cases = reads::cases(desk, &filter, None, CLOSED).await?;
    cases.sort_by_key(|case| std::cmp::Reverse(case.closed_at));
    Ok(cases)
}

async fn curves(desk: &State, asked: &Asked, number: &MeterNumber) -> Result<Vec<Curve>, Fail> {
    let mut curves = Vec::new();
    for (register, ..) in REGISTERS {
        let from = asked.now.plus(-READINGS_SPAN);
        let readings = desk
            .store
            .readings(number, register, from, asked.now, READINGS)
            .await?;
        curves.extend(Curve::of(asked, register, readings));
    }
    Ok(curves)
}
