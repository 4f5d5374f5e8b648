//! One row of a saved answer: which meter, what it says of its status, and what else it shows.

use crate::row_items::{Asked, asked, fold, relay_word, take};
use crate::row_keys::{self as keys, Bit};
use crate::status::{StatusFamily, read_status};
use crate::unread::{Unread, short};
use fleet::{PowerFactor, Watts};
use serde_json::{Map, Value};
use triage::{Bits, Evidence, Phases, Relay, Said};

/// What a deployment may name differently; the defaults are the facts' best knowledge.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How this head-end names the item that answers the operating status, beside the known names.
    pub operating_status: Option<String>,
    /// Which family of numbers it answers with.
    pub family: StatusFamily,
    /// `status_*` of the concentrator dialect: `true` means normal.
    pub status_true_is_normal: bool,
    /// v1's `RelayStatus`: 0 means closed.
    pub relay_zero_is_closed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            operating_status: None,
            family: StatusFamily::Unconfirmed,
            status_true_is_normal: true,
            relay_zero_is_closed: true,
        }
    }
}

/// What one row of an answer says. Everything may be missing.
#[derive(Clone, Debug)]
pub struct Row {
    /// The meter's number as it came.
    pub meter: Option<String>,
    /// The site or station.
    pub site: Option<String>,
    /// The gateway or concentrator.
    pub gateway: Option<String>,
    /// When, in the site's local time, as it came.
    pub at: Option<String>,
    /// The cumulative energy register, kWh, as it came.
    pub energy_kwh: Option<String>,
    /// The name of the item that was asked for.
    pub item: Option<String>,
    /// The value of a task's item as it came.
    pub value: Option<String>,
    /// The operating status as it came.
    pub status: Option<String>,
    /// What was said, or why the status could not be read.
    pub said: Result<Said, Unread>,
    /// What else the row shows.
    pub evidence: Evidence,
    /// Why the row says nothing of a meter: the head-end refused, the task failed or is not done.
    pub problem: Option<String>,
}

/// Reads one row. Total: any bytes give a row, if only one with a problem.
pub fn read_row(bytes: &[u8], settings: &Settings) -> Row {
    read_asked(bytes, None, settings)
}

/// Reads the row of a task whose item is known because we asked for it, whatever the head-end
/// calls it in its answer.
pub fn read_task(bytes: &[u8], item: Asked, settings: &Settings) -> Row {
    read_asked(bytes, Some(item), settings)
}

fn read_asked(bytes: &[u8], known: Option<Asked>, settings: &Settings) -> Row {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(row)) => read_object(&row, known, settings),
        Ok(other) => nothing(format!(
            "a row is an object, not {}",
            short(&other.to_string())
        )),
        Err(_) => nothing("this row is not JSON: save the answer again".to_owned()),
    }
}

fn nothing(problem: String) -> Row {
    Row {
        meter: None,
        site: None,
        gateway: None,
        at: None,
        energy_kwh: None,
        item: None,
        value: None,
        status: None,
        said: Ok(Said::Nothing),
        evidence: Evidence::default(),
        problem: Some(problem),
    }
}

fn read_object(row: &Map<String, Value>, known: Option<Asked>, settings: &Settings) -> Row {
    let text = |keys: &[&str]| keys.iter().find_map(|key| plain(row.get(*key)?));
    let item = text(keys::ITEM).map(|name| name.trim().to_owned());
    let data = text(keys::DATA).filter(|data| !data.is_empty());
    let meter = text(keys::METER);
    let by_name = |name| asked(name, settings.operating_status.as_deref());
    let asked_for = known.or_else(|| item.as_deref().map(by_name));
    let is_task = (known.is_some() || item.is_some())
        && (row.contains_key("data") || row.contains_key("Data"));
    let mut evidence = evidence_of(row, settings);
    let status = match asked_for {
        Some(Asked::OperatingStatus) if is_task => data.clone(),
        _ => status_by_name(row),
    };
    let problem = if is_task {
        unfinished(row)
    } else {
        refused(row, meter.as_deref())
    };
    if let (Some(asked), Some(data), None) = (asked_for, data.as_deref(), &problem) {
        take(asked, data, &mut evidence);
    }
    let said = match (&status, &problem) {
        (Some(status), None) => read_status(status, settings.family),
        _ => Ok(Said::Nothing),
    };
    let energy = (asked_for == Some(Asked::Energy))
        .then(|| data.clone())
        .flatten();
    Row {
        meter,
        site: text(keys::SITE),
        gateway: text(keys::GATEWAY),
        at: text(keys::AT).or_else(|| day(row)),
        energy_kwh: text(keys::ENERGY).or(energy),
        item,
        value: data.filter(|_| is_task),
        status,
        said,
        evidence,
        problem,
    }
}

/// The operating status under its own name, or `status` where it can only be one: our own tables
/// say `status`, and head-ends use that word for a task's state (0 to 3).
fn status_by_name(row: &Map<String, Value>) -> Option<String> {
    let named = row
        .iter()
        .find(|(key, _)| keys::OPERATING_STATUS.contains(&fold(key).as_str()));
    if let Some((_, value)) = named {
        return plain(value);
    }
    let status = plain(row.get("status")?)?;
    let ours = row.contains_key("meter") && !row.contains_key("createId");
    let could_only_be = status.len() == 4 && status.starts_with("10");
    (ours || could_only_be).then_some(status)
}

fn evidence_of(row: &Map<String, Value>, settings: &Settings) -> Evidence {
    let number = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| plain(row.get(*key)?)?.parse::<f64>().ok())
    };
    let (relay, bits) = bits_of(row, settings);
    Evidence {
        relay: relay.or_else(|| relay_of(row, settings)),
        bits,
        power: number(keys::POWER).map(Watts),
        load_limit: number(keys::LOAD_LIMIT).map(Watts),
        power_factor: number(keys::POWER_FACTOR).map(PowerFactor),
        solar: row.get("solar").and_then(Value::as_bool),
        phases: match number(&["phases"]) {
            Some(1.0) => Some(Phases::Single),
            Some(3.0) => Some(Phases::Three),
            _ => None,
        },
        ..Evidence::default()
    }
}

/// v1's `RelayStatus`, a number; our own column `relay`, a word.
fn relay_of(row: &Map<String, Value>, settings: &Settings) -> Option<Relay> {
    if let Some(word) = row.get("relay").and_then(Value::as_str) {
        return relay_word(word);
    }
    let zero = match row.get("RelayStatus")?.as_i64()? {
        0 => true,
        1 => false,
        _ => return None,
    };
    Some(if zero == settings.relay_zero_is_closed {
        Relay::Closed
    } else {
        Relay::Open
    })
}

fn bits_of(row: &Map<String, Value>, settings: &Settings) -> (Option<Relay>, Option<Bits>) {
    let mut relay = None;
    let mut bits = Bits::default();
    let mut any = false;
    for key in keys::BITS {
        let Some(value) = row.get(key.key).and_then(as_bool) else {
            continue;
        };
        any = true;
        let fault = value != (key.true_is_normal && settings.status_true_is_normal);
        match key.bit {
            Bit::Relay => relay = Some(if fault { Relay::Open } else { Relay::Closed }),
            Bit::Battery => bits.battery_low = fault,
            Bit::Magnetic => bits.magnetic = fault,
            Bit::TerminalCover => bits.terminal_cover = fault,
            Bit::UpperCover => bits.upper_cover = fault,
            Bit::Enclosure => bits.enclosure = fault,
            Bit::Reversed => bits.current_reversed = fault,
            Bit::Unbalanced => bits.current_unbalanced = fault,
        }
    }
    (relay, any.then_some(bits))
}

/// A task that has no answer yet, or none at all. The state `3` is said both ways: the dialects
/// disagree about it.
fn unfinished(row: &Map<String, Value>) -> Option<String> {
    let state = row.get("status").or_else(|| row.get("Status"));
    let word = state.and_then(plain).unwrap_or_default();
    let why = match word.to_lowercase().as_str() {
        "1" | "true" => return None,
        "0" | "" | "unknown" => "is not done yet: ask again",
        "2" | "false" => "failed: the meter has not answered",
        "3" => {
            "is rejected or still running (the dialects disagree about state 3): look at the head-end"
        }
        _ => "is in a state that nobody listed: look at the head-end",
    };
    let id = row
        .get("id")
        .or_else(|| row.get("TaskNo"))
        .and_then(plain)
        .unwrap_or_default();
    Some(format!("the task {id} {why}").replace("  ", " "))
}

/// An envelope without rows: the head-end refused, or had nothing to say.
fn refused(row: &Map<String, Value>, meter: Option<&str>) -> Option<String> {
    if meter.is_some() || row.contains_key("ConcentratorNo") {
        return None;
    }
    let text = |keys: &[&str]| keys.iter().find_map(|key| plain(row.get(*key)?));
    let reason = text(keys::REASON)
        .map(|reason| short(&reason))
        .unwrap_or_default();
    match text(keys::REFUSAL).as_deref() {
        Some("0" | "00") => {
            Some("the answer holds no rows: the head-end knows nothing for this request".to_owned())
        }
        Some(code) => Some(format!(
            "the head-end refused with code {}: {reason}",
            short(code)
        )),
        None if !reason.is_empty() => Some(format!("the head-end refused: {reason}")),
        None if status_by_name(row).is_some() => None,
        None => Some("this row names no meter".to_owned()),
    }
}

/// v1's `Year`, `Month`, `Day`.
fn day(row: &Map<String, Value>) -> Option<String> {
    let part = |key| row.get(key).and_then(Value::as_u64);
    Some(format!(
        "{:04}-{:02}-{:02}",
        part("Year")?,
        part("Month")?,
        part("Day")?
    ))
}

/// A string or a number as text; the dialects write the same value both ways.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A boolean, also as 0 or 1.
fn as_bool(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| match value.as_i64() {
        Some(0) => Some(false),
        Some(1) => Some(true),
        _ => None,
    })
}
