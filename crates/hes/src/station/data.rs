//! Daily and hourly data, and event notifications.

use super::Station;
use crate::dates;
use crate::fields::{Row, number, text, whole};
use crate::listing::{days, only};
use crate::refusal::{Answered, no, shape};
use crate::transport::Call;
use asking::{DayRow, EventRow, HourRow, Listing, Page, RefusalKind, Span};
use serde_json::{Value, json};

impl Station {
    pub(super) async fn list_days(&self, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        let listing = self.list("/api/DailyDataMeter/read", filter(span)?, page, day);
        Ok(only(listing.await?, span, |row| &row.meter))
    }

    pub(super) async fn list_events(&self, span: &Span, page: Page) -> Answered<Listing<EventRow>> {
        let listing = self.list("/API/EventNotification/Read", filter(span)?, page, event);
        Ok(only(listing.await?, span, |row| &row.meter))
    }

    /// One of the two calls by GET and without an envelope (facts 4.7).
    pub(super) async fn list_hours(&self, span: &Span, page: Page) -> Answered<Listing<HourRow>> {
        let (from, to) = days(span)?;
        let before = page.number.saturating_sub(1).saturating_mul(page.size);
        let mut query = vec![
            ("FROM", from.to_string()),
            ("TO", to.to_string()),
            ("offset", before.to_string()),
            ("pageLimit", page.size.to_string()),
        ];
        if let [one] = span.meters.as_slice() {
            query.push(("meterId", one.clone()));
        }
        let raw = self
            .signed
            .answer(Call::get("/api/DailyDataMeter/readHourly", query))
            .await?;
        Ok(only(hours(raw)?, span, |row| &row.meter))
    }
}

/// The list takes one meter or all.
fn filter(span: &Span) -> Answered<Value> {
    let (from, to) = days(span)?;
    let mut filter = json!({
        "currentDateRange": [format!("{from}T00:00:00"), format!("{to}T23:59:59")],
    });
    if let [one] = span.meters.as_slice() {
        filter["meterId"] = one.as_str().into();
    }
    Ok(filter)
}

fn day(row: &Row, raw: &str) -> Option<DayRow> {
    Some(DayRow {
        meter: text(row, "meterId")?,
        day: dates::Day::parse(&text(row, "currentDate")?)?.to_string(),
        total_kwh: number(row, "total1"),
        gateway: text(row, "gatewayId"),
        hours: Vec::new(),
        raw: raw.to_owned(),
    })
}

fn event(row: &Row, raw: &str) -> Option<EventRow> {
    Some(EventRow {
        meter: text(row, "meterId")?,
        local: text(row, "currentDate")?,
        code: whole(row, "eventCode")?,
        text: text(row, "eventContent"),
        raw: raw.to_owned(),
    })
}

fn hours(raw: String) -> Answered<Listing<HourRow>> {
    let answer: Value = serde_json::from_str(&raw).unwrap_or_default();
    let errors = match answer.get("errors") {
        Some(Value::Array(errors)) => errors.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(error)) => vec![error.as_str()],
        _ => Vec::new(),
    };
    let said = errors.join("; ");
    let rows: Vec<HourRow> = match answer.get("readings").and_then(Value::as_array) {
        Some(rows) => rows
            .iter()
            .filter_map(Value::as_object)
            .filter_map(hour)
            .collect(),
        None if said.is_empty() => return Err(shape("there are no readings in it")),
        None => Vec::new(),
    };
    if rows.is_empty() && !said.is_empty() {
        return Err(no(RefusalKind::Code, said));
    }
    Ok(Listing {
        rows,
        total: answer.get("total").and_then(Value::as_u64),
        raw,
    })
}

fn hour(row: &Row) -> Option<HourRow> {
    let local = text(row, "timestamp")?;
    Some(HourRow {
        meter: text(row, "meterId")?,
        at: dates::utc(&local),
        local,
        kwh: number(row, "energyConsumptionKwh"),
        total_kwh: number(row, "energyReadingKwh"),
    })
}
