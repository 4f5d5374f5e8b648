//! What a head-end lists: meters, gateways, accounts, daily and hourly data, events.
//!
//! Local times stay the text they came in: the head-end's zone is not published.

use fleet::Moment;

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page, from 1.
    pub number: u32,
    /// Rows a page, 1 to 500 (500 was seen to work).
    pub size: u32,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing<T> {
    /// The rows that could be read.
    pub rows: Vec<T>,
    /// How many there are over all pages, where the head-end says it.
    pub total: Option<u64>,
    /// The answer as it came.
    pub raw: String,
}

/// A meter as the head-end has it registered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeterRow {
    /// The number as it came; twelve digits and wrong check digits occur.
    pub meter: String,
    /// Its station.
    pub site: Option<String>,
    /// Its gateway or concentrator, where the list says it.
    pub gateway: Option<String>,
    /// 1 or 3 phases, where the list says it.
    pub phases: Option<u8>,
    /// Latitude and longitude, degrees; 0/0 is none.
    pub place: Option<(f64, f64)>,
    /// Online, where the list says it (GPRS meters).
    pub online: Option<bool>,
}

/// A gateway or a concentrator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayRow {
    /// Its id.
    pub gateway: String,
    /// Its name.
    pub name: Option<String>,
    /// Its station.
    pub site: Option<String>,
    /// Whether it is online, where the head-end says it.
    pub online: Option<bool>,
    /// Since when, local time as it came.
    pub since: Option<String>,
}

/// Which customer a meter serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The meter's number as it came.
    pub meter: String,
    /// The customer's id.
    pub customer: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The station.
    pub site: Option<String>,
    /// The concentrator.
    pub gateway: Option<String>,
}

/// From when to when, both local days `yyyy-MM-dd`, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// These meters only; empty is all, where the dialect can. v1 takes 30 at most.
    pub meters: Vec<String>,
}

/// One day of one meter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayRow {
    /// The meter's number as it came.
    pub meter: String,
    /// The local day, `yyyy-MM-dd`.
    pub day: String,
    /// The cumulative register at its end, kWh.
    pub total_kwh: Option<f64>,
    /// The gateway that brought it.
    pub gateway: Option<String>,
    /// 24 values of kWh, hour by hour; missing hours stay missing.
    pub hours: Vec<Option<f64>>,
    /// The row as it came (one JSON object): status bits and relay are read from it.
    pub raw: String,
}

/// One hour of one meter.
#[derive(Clone, Debug, PartialEq)]
pub struct HourRow {
    /// The meter's number as it came.
    pub meter: String,
    /// The end of the hour where the head-end gives UTC.
    pub at: Option<Moment>,
    /// The local time as it came.
    pub local: String,
    /// Energy of the hour, kWh; missing stays missing.
    pub kwh: Option<f64>,
    /// The cumulative register, kWh.
    pub total_kwh: Option<f64>,
}

/// One event notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The meter's number as it came.
    pub meter: String,
    /// Local time as it came.
    pub local: String,
    /// The head-end's event code: a family of its own.
    pub code: i64,
    /// The head-end's text.
    pub text: Option<String>,
    /// The row as it came.
    pub raw: String,
}
