//! Rows of lists, and what several dialects read alike.

use crate::dates::Day;
use crate::envelope::Envelope;
use crate::fields::{self, Row};
use crate::refusal::{Answered, no};
use asking::{DayRow, HourRow, Listing, RefusalKind, Span};

/// Reads one row; the text is the row as it came.
pub(crate) type Read<T> = fn(&Row, &str) -> Option<T>;

/// The rows of an answer in an envelope. A row that cannot be read stays in the raw answer.
pub(crate) fn read_rows<T>(raw: String, read: Read<T>) -> Answered<Listing<T>> {
    let envelope = Envelope::read(&raw)?;
    let page = envelope.rows()?;
    let rows = page.rows.iter().filter_map(|text| {
        let row = fields::row(text.get())?;
        read(&row, text.get())
    });
    Ok(Listing {
        rows: rows.collect(),
        total: page.total,
        raw,
    })
}

/// A place on earth; 0/0 is none.
pub(crate) fn place(lat: Option<f64>, lng: Option<f64>) -> Option<(f64, f64)> {
    let (lat, lng) = (lat?, lng?);
    let none = lat == 0.0 && lng == 0.0;
    let earth = lat.abs() <= 90.0 && lng.abs() <= 180.0;
    (earth && !none).then_some((lat, lng))
}

/// First and last day of a span.
pub(crate) fn days(span: &Span) -> Answered<(Day, Day)> {
    match (Day::parse(&span.from), Day::parse(&span.to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err(no(RefusalKind::BadRequest, "the span has no days")),
    }
}

/// Keeps the rows of the wanted meters where the head-end could not be asked for just them.
pub(crate) fn only<T>(mut listing: Listing<T>, span: &Span, meter: fn(&T) -> &str) -> Listing<T> {
    if !span.meters.is_empty() {
        listing
            .rows
            .retain(|row| span.meters.iter().any(|wanted| wanted == meter(row)));
    }
    listing
}

/// The hours of daily rows, each named by the local time of its end.
pub(crate) fn hours_of(days: Listing<DayRow>) -> Listing<HourRow> {
    let hours = days.rows.into_iter().flat_map(|day| {
        let name = move |hour: usize| format!("{} {hour:02}:00", day.day);
        let meter = day.meter;
        day.hours
            .into_iter()
            .enumerate()
            .map(move |(hour, kwh)| HourRow {
                meter: meter.clone(),
                at: None,
                local: name(hour + 1),
                kwh,
                // the daily register belongs to no hour
                total_kwh: None,
            })
    });
    Listing {
        rows: hours.collect(),
        total: None,
        raw: days.raw,
    }
}
