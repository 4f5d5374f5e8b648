//! What pages and API read from the store, a few indexed queries each.

use crate::State;
use crate::fail::Fail;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use fleet::MeterNumber;
use std::collections::HashMap;
use store::{
    Case, CaseFilter, CaseId, Command, CommandFilter, Cursor, Customer, Event, Hold, Known, Meter,
    MeterFilter, Standing, StoredAnswer,
};

/// Cases, the gravest and then the oldest first.
pub(crate) async fn cases(
    desk: &State,
    filter: &CaseFilter,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Vec<Case>, Fail> {
    Ok(desk.store.cases(filter, after, limit).await?)
}

/// Meters in the order of their numbers.
pub(crate) async fn meters(
    desk: &State,
    filter: &MeterFilter,
    after: Option<&MeterNumber>,
    limit: usize,
) -> Result<Vec<(Meter, Option<Standing>)>, Fail> {
    Ok(desk.store.list_meters(filter, after, limit).await?)
}

/// Every site's name by its id; a site without a name is called by its id.
pub(crate) async fn site_names(desk: &State) -> Result<HashMap<String, String>, Fail> {
    let sites = desk.store.sites().await?;
    Ok(sites
        .into_iter()
        .map(|site| {
            let id = site.id.to_string();
            let name = site.name.unwrap_or_else(|| id.clone());
            (id, name)
        })
        .collect())
}

/// Where the meters among the subjects of these cases stand.
pub(crate) async fn standings(
    desk: &State,
    cases: &[Case],
) -> Result<HashMap<String, Standing>, Fail> {
    let mut numbers: Vec<_> = cases
        .iter()
        .filter(|case| case.subject.kind == "meter")
        .filter_map(|case| MeterNumber::parse(&case.subject.id).ok())
        .collect();
    numbers.sort();
    numbers.dedup();
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let known = desk.store.known(&numbers).await?;
    Ok(known
        .into_iter()
        .filter_map(|known| Some((known.meter.number.to_string(), known.standing?)))
        .collect())
}

/// How many open cases each of these explains; those that explain none are left out.
pub(crate) async fn explains(desk: &State, cases: &[Case]) -> Result<HashMap<CaseId, u64>, Fail> {
    // a meter's case explains no other
    let groups: Vec<_> = cases
        .iter()
        .filter(|case| case.subject.kind != "meter")
        .map(|case| case.id)
        .collect();
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(desk.store.explains(&groups).await?.into_iter().collect())
}

/// The meter number in a path.
pub(crate) fn meter_number(text: &str) -> Result<MeterNumber, Fail> {
    MeterNumber::parse(text).map_err(Fail::BadMeter)
}

/// The registered meter in a path.
pub(crate) async fn registered(
    desk: &State,
    path: Result<Path<String>, PathRejection>,
) -> Result<MeterNumber, Fail> {
    let Path(text) = path.map_err(|_| Fail::NoPage)?;
    let number = meter_number(&text)?;
    match desk.store.meter(&number).await? {
        Some(_) => Ok(number),
        None => Err(Fail::NoMeter(number)),
    }
}

/// The newest commands of a meter.
pub(crate) async fn commands(
    desk: &State,
    number: &MeterNumber,
    limit: usize,
) -> Result<Vec<Command>, Fail> {
    let filter = CommandFilter {
        meter: Some(number.clone()),
        ..CommandFilter::default()
    };
    Ok(desk.store.commands(&filter, limit).await?)
}

/// What holds a meter.
pub(crate) async fn holds(desk: &State, number: &MeterNumber) -> Result<Vec<Hold>, Fail> {
    Ok(desk.store.holds(std::slice::from_ref(number)).await?)
}

/// Everything a page says of a meter.
pub(crate) async fn known(desk: &State, number: &MeterNumber) -> Result<Known, Fail> {
    let known = desk.store.known(std::slice::from_ref(number)).await?;
    known
        .into_iter()
        .next()
        .ok_or_else(|| Fail::NoMeter(number.clone()))
}

/// The case with the id in a path.
pub(crate) async fn case(
    desk: &State,
    path: Result<Path<String>, PathRejection>,
) -> Result<Case, Fail> {
    let Path(text) = path.map_err(|_| Fail::NoPage)?;
    let missing = || Fail::NoCase(text.chars().take(20).collect());
    let id = text.parse().map(CaseId).map_err(|_| missing())?;
    desk.store.case(id).await?.ok_or_else(missing)
}

/// The case that explains this one.
pub(crate) async fn parent(desk: &State, case: &Case) -> Result<Option<Case>, Fail> {
    match case.parent {
        Some(id) => Ok(desk.store.case(id).await?),
        None => Ok(None),
    }
}

/// A customer.
pub(crate) async fn customer(desk: &State, id: &str) -> Result<Option<Customer>, Fail> {
    Ok(desk.store.customer(id).await?)
}

/// The newest raw answers of a meter.
pub(crate) async fn answers(
    desk: &State,
    number: &MeterNumber,
    limit: usize,
) -> Result<Vec<StoredAnswer>, Fail> {
    Ok(desk.store.answers(number, None, limit).await?)
}

/// The newest events of a meter.
pub(crate) async fn events(
    desk: &State,
    number: &MeterNumber,
    limit: usize,
) -> Result<Vec<Event>, Fail> {
    Ok(desk.store.events(number, limit).await?)
}
