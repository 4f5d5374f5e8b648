//! The columns that carry evidence: a table of names, and how each cell is taken.

use crate::cells::{self, Unreadable};
use crate::notes::Notes;
use fleet::{PowerFactor, Watts};
use triage::{Evidence, Neighbours, Phases, Relay};

/// How much of a cell is shown when it is refused.
const SHOWN: usize = 40;

/// A column that carries evidence.
pub(crate) struct Field {
    /// Its name in the header; the unit stands in it.
    pub(crate) name: &'static str,
    value: Value,
}

/// What its cells hold, and where that goes.
enum Value {
    /// A number in this range.
    Number(f64, f64, fn(&mut Gathered, f64)),
    /// Yes or no.
    Flag(fn(&mut Gathered, bool)),
    /// A whole number from 0.
    Count(fn(&mut Gathered, u32)),
    Relay,
    Phases,
}

/// Every column that carries evidence. `at`, `energy_kwh`, `site` and `gateway` are only carried
/// along: one register value says nothing without another.
pub(crate) const FIELDS: &[Field] = &[
    number("power_w", ANY, |g, v| g.evidence.power = Some(Watts(v))),
    number("load_before_trip_w", ANY, |g, v| {
        g.evidence.load_before_trip = Some(Watts(v));
    }),
    number("load_limit_w", FROM_ZERO, |g, v| {
        g.evidence.load_limit = Some(Watts(v));
    }),
    number("power_factor", (-1.0, 1.0), |g, v| {
        g.evidence.power_factor = Some(PowerFactor(v));
    }),
    Field {
        name: "relay",
        value: Value::Relay,
    },
    Field {
        name: "phases",
        value: Value::Phases,
    },
    flag("solar", |g, v| g.evidence.solar = Some(v)),
    flag("energy_moving", |g, v| g.evidence.energy_moving = Some(v)),
    flag("occupied", |g, v| g.evidence.occupied = Some(v)),
    flag("own_work_order", |g, v| g.evidence.own_work_order = Some(v)),
    flag("own_disconnect", |g, v| g.evidence.own_disconnect = Some(v)),
    flag("gateway_online", |g, v| g.evidence.gateway_online = Some(v)),
    flag("can_commission", |g, v| g.evidence.can_commission = Some(v)),
    count("cover_openings", |g, v| g.evidence.cover_openings = Some(v)),
    count("overload_trips", |g, v| g.evidence.overload_trips = Some(v)),
    count("repeat_visits", |g, v| g.evidence.repeat_visits = Some(v)),
    count("lasts_min", |g, v| g.evidence.lasts_min = Some(v)),
    count("age_min", |g, v| g.evidence.age_min = Some(v)),
    count("neighbours_known", |g, v| g.known = Some(v)),
    count("neighbours_alike", |g, v| g.alike = Some(v)),
];

const ANY: (f64, f64) = (f64::MIN, f64::MAX);
const FROM_ZERO: (f64, f64) = (0.0, f64::MAX);

const fn number(name: &'static str, range: (f64, f64), put: fn(&mut Gathered, f64)) -> Field {
    let value = Value::Number(range.0, range.1, put);
    Field { name, value }
}

const fn flag(name: &'static str, put: fn(&mut Gathered, bool)) -> Field {
    let value = Value::Flag(put);
    Field { name, value }
}

const fn count(name: &'static str, put: fn(&mut Gathered, u32)) -> Field {
    let value = Value::Count(put);
    Field { name, value }
}

/// What one row's columns have said so far.
#[derive(Default)]
pub(crate) struct Gathered {
    evidence: Evidence,
    known: Option<u32>,
    alike: Option<u32>,
}

impl Gathered {
    /// The evidence, with the neighbours where both of their columns have spoken.
    pub(crate) fn finish(self, notes: &mut Notes) -> Evidence {
        let neighbours = match (self.known, self.alike) {
            (Some(known), Some(alike)) if alike <= known => Some(Neighbours { known, alike }),
            (Some(known), Some(alike)) => {
                notes.warning(&format!("neighbours_alike: {alike} of {known} cannot be"));
                None
            }
            _ => None,
        };
        Evidence {
            neighbours,
            ..self.evidence
        }
    }
}

impl Field {
    /// Takes a cell; an empty one says nothing, one that cannot be read says so. `decimal_comma`:
    /// whether `,` may be the decimal sign, as in a table that is cut at `;`.
    pub(crate) fn take(
        &self,
        cell: &str,
        decimal_comma: bool,
        gathered: &mut Gathered,
        notes: &mut Notes,
    ) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        match self.read(cell, decimal_comma, gathered) {
            Ok(()) => {}
            Err(Unreadable::Not(why)) => notes.warning(&self.complaint(cell, why)),
            Err(Unreadable::Ambiguous(why)) => notes.error(&self.complaint(cell, why)),
        }
    }

    fn complaint(&self, cell: &str, why: &str) -> String {
        let shown: String = cell.chars().take(SHOWN).collect();
        format!("{}: \"{shown}\" {why}", self.name)
    }

    fn read(&self, cell: &str, comma: bool, gathered: &mut Gathered) -> Result<(), Unreadable> {
        match self.value {
            Value::Number(from, to, put) => {
                put(gathered, cells::number(cell, comma, from, to)?);
            }
            Value::Flag(put) => put(gathered, cells::flag(cell)?),
            Value::Count(put) => put(gathered, cells::count(cell)?),
            Value::Relay => gathered.evidence.relay = Some(cells::relay(cell)?),
            Value::Phases => gathered.evidence.phases = Some(cells::phases(cell)?),
        }
        Ok(())
    }
}

/// How a relay is written.
pub(crate) const fn relay_word(relay: Relay) -> &'static str {
    match relay {
        Relay::Closed => "closed",
        Relay::Open => "open",
    }
}

/// How a phase count is written.
pub(crate) const fn phases_word(phases: Phases) -> &'static str {
    match phases {
        Phases::Single => "1",
        Phases::Three => "3",
    }
}
