//! How far a reading may be from what is expected, before a rule says so.

use fleet::{HOUR, MINUTE};

/// The thresholds of the rules. Every default says where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// Milliseconds from one reading to the next. An hour: the heartbeat of the radio meters'
    /// report.
    pub period: i64,
    /// The least step of the register, Wh. 10: it shows kWh with two decimals.
    pub unit_wh: i64,
    /// Where the register begins anew, Wh. 1,000,000 kWh: six digits (inferred from four BCD bytes).
    pub end_wh: i64,
    /// From which share of `end_wh` on a step back may be a roll-over. 0.9: our rule R2.
    pub near_end: f64,
    /// The greatest current, A a phase. 100: the relay of comparable meters; Calin's own figure is
    /// not published.
    pub most_a: f64,
    /// The voltage between phase and neutral, V. 230: IEC 60038.
    pub nominal_v: f64,
    /// How much more than that a register may move. 1.1: our rule R3.
    pub margin: f64,
    /// A day above so many times the median day may be a spike. 4: chosen with `spike_third` on every
    /// second of 150 London homes and confirmed on the others (`tests/clean.rs`): together they flag
    /// 2 of 10,000 days.
    pub spike: f64,
    /// A spike is also so many times the third greatest day that is remembered. 2: the third peak is
    /// what the Californian validation rules compare with.
    pub spike_third: f64,
    /// A day below this is no spike, Wh. 3,000: a small home's ordinary day.
    pub spike_wh: i64,
    /// Of how many days the median is taken. 28: four weeks, so that every weekday counts alike.
    pub median_days: usize,
    /// From how many days on there is a median. 7: our choice.
    pub least_days: usize,
    /// A week above so many times the usual day is high. 3: our choice, measured like `spike`.
    pub high: f64,
    /// A week below this share of the usual day is low. 0.1: our choice, measured like `spike`.
    pub low: f64,
    /// Where the usual day is below this, nothing is low, Wh. 1,000: our choice.
    pub low_wh: i64,
    /// A home whose week changed so many times more or less than its neighbours' stands out. 4: our
    /// choice, measured like `spike`.
    pub neighbours: f64,
    /// From how many neighbours on they say anything. 5: our choice.
    pub least_neighbours: usize,
    /// After so many days of nothing somebody should look. 7: a week away is not rare, our choice.
    pub zero_days: u32,
    /// So many equal values of a moment in a row are a frozen one. 6: our choice.
    pub frozen: u32,
    /// A power below this may stand still, W. 5: a meter's own rounding.
    pub frozen_w: f64,
    /// So much energy, by the power, may pass while the register stands still, Wh. 100: ten of its
    /// steps.
    pub frozen_wh: i64,
    /// The homes of a feeder may sum up to so much more than its meter, a share of it. 0.02: two
    /// meters of class 1.
    pub surplus: f64,
    /// They may sum up to so much less. 0.06: technical loss of a short low-voltage site is 2 to 6 %.
    pub loss: f64,
    /// How far the meter's clock may be off, milliseconds. 5 minutes: our rule R11.
    pub clock: i64,
    /// A reading so near to midnight stands at midnight, milliseconds. 1 minute: head-ends stamp
    /// the end of a day 23:59:59.
    pub midnight: i64,
    /// A day is whole when this share of it is covered by readings. 0.95: our choice.
    pub whole: f64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            period: HOUR,
            unit_wh: 10,
            end_wh: 1_000_000_000,
            near_end: 0.9,
            most_a: 100.0,
            nominal_v: 230.0,
            margin: 1.1,
            spike: 4.0,
            spike_third: 2.0,
            spike_wh: 3_000,
            median_days: 28,
            least_days: 7,
            high: 3.0,
            low: 0.1,
            low_wh: 1_000,
            neighbours: 4.0,
            least_neighbours: 5,
            zero_days: 7,
            frozen: 6,
            frozen_w: 5.0,
            frozen_wh: 100,
            surplus: 0.02,
            loss: 0.06,
            clock: 5 * MINUTE,
            midnight: MINUTE,
            whole: 0.95,
        }
    }
}

impl Bounds {
    /// The most that a register can move in so many milliseconds, Wh; a step of the register more,
    /// because it shows whole steps.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a bound, not an amount; as a float it saturates"
    )]
    pub fn most_wh(&self, length: i64, phases: Option<u8>) -> i64 {
        let watts = self.most_a * self.nominal_v * self.margin * f64::from(phases.unwrap_or(1));
        (watts * (length as f64 / HOUR as f64)) as i64 + self.unit_wh
    }

    /// How many readings are missing in so many milliseconds.
    pub fn missing(&self, length: i64) -> u32 {
        let periods = (length + self.period / 2) / self.period.max(1);
        u32::try_from(periods - 1).unwrap_or(0)
    }

    /// Whether so many milliseconds between two readings are more than one period, with half a
    /// period's grace.
    pub fn is_gap(&self, length: i64) -> bool {
        self.missing(length) > 0
    }
}
