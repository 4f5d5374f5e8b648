//! `GET /api/v1/meters/{meter}`.

use super::item::Item;
use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::reads;
use crate::said::{self, Matter};
use crate::time::iso;
use catalogue::Lang;
use serde::Serialize;
use store::{Known, Latest};

/// A meter with everything that its verdict rests on.
#[derive(Serialize)]
pub(super) struct MeterItem {
    #[serde(flatten)]
    item: Item,
    name: Option<String>,
    /// The guide's row, where the status is one of its.
    meaning: Option<String>,
    field_action: Option<String>,
    steps: Vec<&'static str>,
    since: Option<String>,
    asked_at: Option<String>,
    heard_at: Option<String>,
    /// Asks without an answer since then.
    silent: u32,
    head_end: Option<String>,
    customer: Option<String>,
    phases: Option<u8>,
    solar: Option<bool>,
    occupied: Option<bool>,
    latest: Vec<LatestItem>,
    cases: Vec<Item>,
}

#[derive(Serialize)]
struct LatestItem {
    item: String,
    value: String,
    at: Option<String>,
    since: Option<String>,
}

/// `/api/v1/meters/{meter}`.
pub(super) async fn one(desk: &State, asked: &Asked, number: &str) -> Result<MeterItem, Fail> {
    let number = reads::meter_number(number)?;
    let known = reads::known(desk, &number).await?;
    Ok(item(known, asked.lang))
}

fn item(known: Known, lang: Lang) -> MeterItem {
    let Known {
        meter,
        standing,
        latest,
        cases,
    } = known;
    let standing = standing.as_ref();
    let matter = standing
        .filter(|standing| !standing.words.decision.is_empty())
        .map(|standing| Matter::of_standing(standing, lang));
    let row = matter.as_ref().and_then(|matter| matter.row);
    let advice = matter.as_ref().and_then(|matter| matter.advice);
    MeterItem {
        item: Item::of_meter(&meter, standing, lang),
        meaning: row.map(|row| row.meaning.to_owned()),
        field_action: row.map(|row| said::guide(row.field_action)),
        steps: advice
            .map(|advice| {
                advice
                    .steps
                    .iter()
                    .map(|step| step.text.get(lang))
                    .collect()
            })
            .unwrap_or_default(),
        name: matter.map(|matter| matter.name),
        since: standing.and_then(|it| it.since).and_then(iso),
        asked_at: standing.and_then(|it| it.asked_at).and_then(iso),
        heard_at: standing.and_then(|it| it.heard_at).and_then(iso),
        silent: standing.map_or(0, |it| it.silent),
        head_end: meter.head_end,
        customer: meter.customer,
        phases: meter.phases,
        solar: meter.solar,
        occupied: meter.occupied,
        latest: latest.into_iter().map(LatestItem::of).collect(),
        cases: cases
            .iter()
            .map(|case| Item::of_case(case, standing, 0, lang))
            .collect(),
    }
}

impl LatestItem {
    fn of(latest: Latest) -> Self {
        Self {
            item: latest.item,
            value: latest.value,
            at: iso(latest.at),
            since: iso(latest.since),
        }
    }
}
