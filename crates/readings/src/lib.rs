//! Readings of a cumulative register become intervals and local days; what does not fit is flagged,
//! each flag with the number of its rule. Beside that: estimates, trends, load against limit, power
//! factor, voltage, energy balance, and how much a home deserves a look.
//!
//! [`Memory`] is what is remembered of a meter: a day's new readings are heard with it alone, and
//! hearing them in one piece or in many gives the same. What is wrong is flagged, never mended:
//! nothing is estimated unless somebody asks, an estimate is marked, a missing value is never zero,
//! and no raw value is touched, because this room is handed copies.
//!
//! This room holds no clock, no randomness, no environment and no I/O. Time zones are handed in; it
//! states no meaning of a code and decides nothing: whoever calls it says when the relay was open or
//! the supply gone.
//!
//! ```
//! use catalogue::Lang;
//! use fleet::{HOUR, Moment};
//! use jiff::tz::TimeZone;
//! use readings::{Around, Bounds, Calendar, Facts, Heard, Memory, Reading};
//!
//! let (facts, bounds) = (Facts::default(), Bounds::default());
//! let calendar = Calendar::new(TimeZone::UTC);
//! let around = Around { facts: &facts, bounds: &bounds, calendar: &calendar };
//! let (mut memory, mut heard) = (Memory::default(), Heard::default());
//! for (hour, wh) in [(0, 5_000), (1, 5_400), (2, 540), (3, 6_100)] {
//!     memory.hear(&Reading::new(Moment(hour * HOUR), wh), &around, &mut heard);
//! }
//! // the third value is left out, and the register says what the two hours consumed
//! assert_eq!(heard.intervals[1].wh, Some(700));
//! let slugs: Vec<&str> = heard.flags.iter().map(|flag| flag.rule.slug).collect();
//! assert_eq!(slugs, ["ran-back", "tenth", "gap"]);
//! assert!(heard.flags[0].say(Lang::En).starts_with("The register went from 5.40 kWh back to 0.54"));
//! ```
#![warn(clippy::disallowed_methods)]

mod advice;
mod around;
mod balance;
mod bounds;
mod calendar;
mod estimate;
mod facts;
mod heard;
mod held;
mod interval;
mod load;
mod memory;
mod open_day;
mod peers;
mod power_factor;
mod reading;
mod recent;
mod rule;
mod rules;
mod sentence;
mod signs;
mod stamp;
mod step;
mod sum;
mod suspicion;
mod trend;
mod used;
mod voltage;
mod whole_day;

pub use advice::Advice;
pub use around::Around;
pub use balance::{BalanceTerms, Flows, Residuals, residuals};
pub use bounds::Bounds;
pub use calendar::{Calendar, LocalDay};
pub use estimate::estimate;
pub use facts::{Exchange, Facts};
pub use heard::Heard;
pub use held::{Instant, Quantity};
pub use interval::{Interval, Span};
pub use load::{Load, LoadTerms, load_advice};
pub use memory::Memory;
pub use peers::{Week, stand_out};
pub use power_factor::{PowerFactorTerms, PowerFactors, power_factor};
pub use reading::{Quality, ReaderClock, Reading};
pub use recent::DayUse;
pub use rule::{Flag, Level, Rule, RuleId, Saw};
pub use rules::{RULES, rule};
pub use signs::{fell_after, follows};
pub use sum::{Summed, sum_check};
pub use suspicion::{Look, PARTS, Part, Score, Signs, score};
pub use trend::{Change, Trend, TrendTerms, trend};
pub use used::{Used, used};
pub use voltage::{Bands, Voltages, Volts};
pub use whole_day::Day;
