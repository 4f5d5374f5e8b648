//! `[commands]`: who agrees, how many homes may go dark, how long a command may stand where.

use crate::check;
use crate::key::{Key, Slot};
use crate::reader::Section;
use fleet::{DAY, HOUR, MINUTE};

/// Who agrees, how many homes may go dark, and how long a command may stand where. All times in
/// milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commands {
    /// Whether a second person has to agree to a darkening act.
    pub second_person: bool,
    /// Per cent of a site's homes that may lose their supply by us in an hour; at least one home.
    pub hour_percent: u32,
    /// Per cent of a site's homes in a day; at least two homes.
    pub day_percent: u32,
    /// Homes of the whole fleet in a day.
    pub fleet_day: u32,
    /// How old an operating status may be before an act that may close a relay.
    pub status_fresh: i64,
    /// The voltage between phase and neutral, V.
    pub nominal_voltage: u32,
    /// How long a command waits for a second person.
    pub approval: i64,
    /// How long the reads before an act may take.
    pub checks: i64,
    /// How long a command waits for its gateway and its meter's turn.
    pub queue: i64,
    /// How long the read that proves an act may take.
    pub proof: i64,
    /// The file with the key that seals tokens; beside a SQLite file where it is left out.
    pub token_key_file: Option<String>,
}

impl Default for Commands {
    fn default() -> Self {
        Self {
            second_person: true,
            hour_percent: 5,
            day_percent: 10,
            fleet_day: 100,
            status_fresh: 30 * MINUTE,
            nominal_voltage: 230,
            approval: DAY,
            checks: 30 * MINUTE,
            queue: DAY,
            proof: 30 * MINUTE,
            token_key_file: None,
        }
    }
}

impl Section for Commands {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "second_person",
            Slot::Flag(|commands| &mut commands.second_person),
            "Whether somebody else agrees before a home may go dark. A team of one may say false: every page says so.",
        ),
        Key::<Self>::new(
            "hour_percent",
            Slot::Count(1, 100, |commands| &mut commands.hour_percent),
            "So many per cent of a site's homes may lose their supply by us in an hour; one may always.",
        ),
        Key::<Self>::new(
            "day_percent",
            Slot::Count(1, 100, |commands| &mut commands.day_percent),
            "So many per cent of a site's homes in a day; two may always.",
        ),
        Key::<Self>::new(
            "fleet_day",
            Slot::Count(0, 1_000_000, |commands| &mut commands.fleet_day),
            "So many homes of all sites together in a day.",
        ),
        Key::<Self>::new(
            "status_fresh_min",
            Slot::Units(MINUTE, MINUTE, DAY, |commands| &mut commands.status_fresh),
            "An older status or voltage is read again before an act that may close a relay.",
        ),
        Key::<Self>::new(
            "nominal_voltage",
            Slot::Count(100, 400, |commands| &mut commands.nominal_voltage),
            "Volts between phase and neutral; outside of 90 to 110 per cent no relay is closed after 1011, 1012, 1021.",
        ),
        Key::<Self>::new(
            "approval_h",
            Slot::Units(HOUR, HOUR, 30 * DAY, |commands| &mut commands.approval),
            "A second person has so long to agree.",
        ),
        Key::<Self>::new(
            "checks_min",
            Slot::Units(MINUTE, MINUTE, 2 * DAY, |commands| &mut commands.checks),
            "What has to be known before an act is to be read within this.",
        ),
        Key::<Self>::new(
            "queue_h",
            Slot::Units(HOUR, HOUR, 30 * DAY, |commands| &mut commands.queue),
            "A command waits so long for its meter and its gateway, then it expires.",
        ),
        Key::<Self>::new(
            "proof_min",
            Slot::Units(MINUTE, MINUTE, 2 * DAY, |commands| &mut commands.proof),
            "What proves an act is to be read within this, or it stays executed.",
        ),
        Key::<Self>::new(
            "token_key_file",
            Slot::Maybe(check::file, |commands| &mut commands.token_key_file),
            "The key that seals tokens; tokens.key beside a SQLite file. PostgreSQL nodes share one: name it.",
        )
        .like("\"secrets/tokens.key\""),
    ];

    fn wrong(&self) -> Option<(&'static str, String)> {
        (self.day_percent < self.hour_percent).then(|| {
            let what = "less than hour_percent, so that an hour would allow more than its day: make \
                        it greater";
            ("day_percent", what.to_owned())
        })
    }
}
