//! `GET /api/v1/worklist` and `GET /api/v1/meters`.

use super::item::{Item, List};
use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::paging::{self, CasePlace, MeterPlace};
use crate::reads;
use catalogue::{Decision, Owner};
use fleet::{GatewayId, SiteId};
use store::{CaseFilter, MeterFilter};

/// Items of a page where nobody says how many.
const LIMIT: usize = 100;
/// The most items of a page.
const LIMIT_MAX: usize = 1000;

/// `/api/v1/worklist`.
pub(super) async fn cases(desk: &State, asked: &Asked) -> Result<List<Item>, Fail> {
    let limit = limit(asked)?;
    let filter = CaseFilter {
        site: asked.owned("site"),
        decision: decision(asked)?,
        owner: vocabulary(asked, "owner", Owner::ALL.iter().map(|it| it.word()))?,
        cause: asked.owned("cause"),
        subject: asked.owned("meter"),
        explained: asked.get("meter").is_some(),
        ..CaseFilter::default()
    };
    let after = place(asked, CasePlace::read)?;
    let cases = reads::cases(desk, &filter, after, limit + 1).await?;
    let (cases, next) = paging::cut(cases, limit, CasePlace::of);
    let standings = reads::standings(desk, &cases).await?;
    let explains = reads::explains(desk, &cases).await?;
    let items = cases
        .iter()
        .map(|case| {
            let standing = standings.get(&case.subject.id);
            let explains = explains.get(&case.id).copied().unwrap_or_default();
            Item::of_case(case, standing, explains, asked.lang)
        })
        .collect();
    Ok(List { items, next })
}

/// `/api/v1/meters`.
pub(super) async fn fleet(desk: &State, asked: &Asked) -> Result<List<Item>, Fail> {
    let limit = limit(asked)?;
    let filter = MeterFilter {
        site: asked.get("site").and_then(SiteId::parse),
        gateway: asked.get("gateway").and_then(GatewayId::parse),
        slug: asked.owned("slug"),
        decision: decision(asked)?,
        text: asked.owned("text"),
    };
    let after = place(asked, MeterPlace::read)?;
    let meters = reads::meters(desk, &filter, after.as_ref(), limit + 1).await?;
    let (meters, next) = paging::cut(meters, limit, MeterPlace::of);
    let items = meters
        .iter()
        .map(|(meter, standing)| Item::of_meter(meter, standing.as_ref(), asked.lang))
        .collect();
    Ok(List { items, next })
}

/// How many items are wanted.
pub(super) fn limit(asked: &Asked) -> Result<usize, Fail> {
    let Some(text) = asked.get("limit") else {
        return Ok(LIMIT);
    };
    match text.parse() {
        Ok(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
        _ => Err(Fail::Param(
            "limit",
            format!("limit is a whole number from 1 to {LIMIT_MAX}"),
        )),
    }
}

/// Where the page begins.
pub(super) fn place<T>(asked: &Asked, read: fn(&str) -> Option<T>) -> Result<Option<T>, Fail> {
    let Some(text) = asked.get("after") else {
        return Ok(None);
    };
    let place = read(text).ok_or_else(|| {
        let detail = "after is the text that next had on the page before";
        Fail::Param("after", detail.to_owned())
    })?;
    Ok(Some(place))
}

fn decision(asked: &Asked) -> Result<Option<String>, Fail> {
    vocabulary(asked, "decision", Decision::ALL.iter().map(|it| it.word()))
}

/// A parameter that has to be one of these words.
pub(super) fn vocabulary(
    asked: &Asked,
    name: &'static str,
    words: impl Iterator<Item = &'static str>,
) -> Result<Option<String>, Fail> {
    let Some(text) = asked.get(name) else {
        return Ok(None);
    };
    let words: Vec<_> = words.collect();
    if words.contains(&text) {
        return Ok(Some(text.to_owned()));
    }
    let detail = format!("{name} is one of {}", words.join(", "));
    Err(Fail::Param(name, detail))
}
