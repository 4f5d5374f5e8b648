//! Daily and hourly data, asked for meter by meter and day by day.

use super::V1;
use crate::dates::Day;
use crate::fields::{Row, number, text, whole};
use crate::listing::{days, hours_of};
use crate::refusal::{Answered, no};
use asking::{DayRow, HourRow, Listing, Page, RefusalKind, Span};
use serde_json::{Value, json};

/// Meters of one question; the vendor's limit (facts 2.7).
const AT_ONCE: usize = 30;

impl V1 {
    pub(super) async fn list_days(&self, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        self.queries("/api/COMM_DailyData", span, page).await
    }

    /// The rows hold 24 hours each, by the local time of the grid.
    pub(super) async fn list_hours(&self, span: &Span, page: Page) -> Answered<Listing<HourRow>> {
        let days = self.queries("/api/COMM_HourlyDataNew", span, page).await?;
        Ok(hours_of(days))
    }

    /// A page is so many pairs of meter and day; they are asked for 30 at a time. The raw answers
    /// stand one below the other.
    async fn queries(&self, path: &str, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        let (from, to) = days(span)?;
        if span.meters.is_empty() {
            let said = "this dialect wants the meters named";
            return Err(no(RefusalKind::BadRequest, said));
        }
        let pairs: Vec<Value> = from
            .until(to)
            .flat_map(|day| span.meters.iter().map(move |meter| query(meter, day)))
            .collect();
        let size = page.size.max(1) as usize;
        let before = size.saturating_mul(page.number.saturating_sub(1) as usize);
        let wanted: Vec<Value> = pairs.iter().skip(before).take(size).cloned().collect();
        let mut listing = Listing {
            rows: Vec::new(),
            total: u64::try_from(pairs.len()).ok(),
            raw: String::new(),
        };
        for some in wanted.chunks(AT_ONCE) {
            let fields = [("QueryList", Value::from(some))];
            let (raw, rows) = self.rows(path, &fields).await?;
            listing
                .rows
                .extend(rows.iter().filter_map(|(row, raw)| day(row, raw)));
            listing.raw += &raw;
            listing.raw.push('\n');
        }
        Ok(listing)
    }
}

fn query(meter: &str, day: Day) -> Value {
    let (year, month, date) = day.civil();
    json!({ "MeterNo": meter, "Year": year, "Month": month, "Day": date })
}

/// A missing hour comes as -1 and stays missing.
fn day(row: &Row, raw: &str) -> Option<DayRow> {
    let part = |key| whole(row, key);
    let day = format!(
        "{:04}-{:02}-{:02}",
        part("Year")?,
        part("Month")?,
        part("Day")?
    );
    let hours: Vec<Option<f64>> = (0..24)
        .map(|hour| number(row, &format!("HourlyConsumption_{hour}to{}", hour + 1)))
        .map(|kwh| kwh.filter(|kwh| *kwh >= 0.0))
        .collect();
    let hourly = row.keys().any(|key| key.starts_with("HourlyConsumption_"));
    Some(DayRow {
        meter: text(row, "MeterNo")?,
        day: Day::parse(&day)?.to_string(),
        total_kwh: number(row, "TotalUnitsCounter").filter(|kwh| *kwh >= 0.0),
        gateway: None,
        hours: if hourly { hours } else { Vec::new() },
        raw: raw.to_owned(),
    })
}
