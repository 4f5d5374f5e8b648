//! What the head-ends of a scene are like: accounts, rights, and how they name things.

use crate::dialect::Dialect;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A pretend password. It is shown in states and never in debug output, as a real one would be.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// Something a meter can be asked for through a head-end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// 1000 to 1025.
    OperatingStatus,
    /// What keypad code 87 shows: `00`, `8`.
    Reason87,
    /// Cumulative energy, kWh.
    TotalEnergy,
    /// Load limit, W.
    LoadLimit,
    /// Active power, W.
    Power,
    /// Power factor.
    PowerFactor,
    /// How often a cover was opened.
    CoverOpenings,
    /// When a cover was last opened.
    CoverOpened,
    /// How often the load limit tripped.
    OverloadTrips,
    /// How often the supply failed.
    PowerDowns,
    /// How often a phase failed.
    PhaseDowns,
    /// The relay.
    Relay,
    /// Voltage of phase A, V.
    VoltageA,
    /// Voltage of phase B, V.
    VoltageB,
    /// Voltage of phase C, V.
    VoltageC,
    /// Current of phase A, A.
    CurrentA,
    /// Current of phase B, A.
    CurrentB,
    /// Current of phase C, A.
    CurrentC,
    /// Credit, kWh, with the relay beside it in two dialects.
    Credit,
    /// Firmware.
    Firmware,
    /// The clock's date and time.
    Clock,
    /// The clock's date.
    Date,
    /// The clock's time of day.
    TimeOfDay,
}

/// How one deployment names an item: in addition to the dialect's own names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemName {
    /// What may stand in the request: a data item's text (v1), a protocol id (concentrator), a flag
    /// (station). In any case.
    pub asks: Vec<String>,
    /// What its answers are called.
    pub name: String,
    /// What is answered.
    pub quantity: Quantity,
}

impl ItemName {
    /// The item that answers the operating status. How the vendor names it is not published, so no
    /// dialect knows it unless a scene says so; the flag EFF7 is made up, protocol id 43 and
    /// `Special status identifier` are the facts' well-supported guess.
    pub fn operating_status(dialect: Dialect) -> Self {
        let asks: &[&str] = match dialect {
            Dialect::Station => &["EFF7", "Meter operating status"],
            Dialect::Concentrator => &["43"],
            Dialect::V1 => &["Meter operating status", "Special status identifier"],
        };
        Self {
            asks: asks.iter().map(|&ask| ask.to_owned()).collect(),
            name: "Meter operating status".to_owned(),
            quantity: Quantity::OperatingStatus,
        }
    }
}

/// The heads of one dialect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeadSpec {
    /// The account.
    pub user: String,
    /// Its password.
    pub password: Password,
    /// The company (concentrator, v1).
    pub company: String,
    /// The second password, for vending.
    pub authorization: Password,
    /// How long a login lasts, seconds of the computer's time.
    pub login_s: i64,
    /// Whether a created task stands by until `Update...Task` dispatches it. Not published.
    pub needs_dispatch: bool,
    /// Paths this account may not use (403): any path that contains one of these.
    pub forbidden: Vec<String>,
    /// Items beside the dialect's own.
    pub items: Vec<ItemName>,
}

impl Default for HeadSpec {
    /// An account that may do everything but read the item catalogue, as was seen; a login of a day.
    fn default() -> Self {
        Self {
            user: "operator".to_owned(),
            password: Password("pretend-password".to_owned()),
            company: "Company A".to_owned(),
            authorization: Password("pretend-authorization".to_owned()),
            login_s: 86_400,
            needs_dispatch: false,
            forbidden: vec!["/api/dlt645/read".to_owned()],
            items: Vec::new(),
        }
    }
}

/// The heads of all dialects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Heads {
    /// Station.
    pub station: HeadSpec,
    /// Concentrator.
    pub concentrator: HeadSpec,
    /// v1.
    pub v1: HeadSpec,
}

impl Heads {
    /// The heads of one dialect.
    pub fn of(&self, dialect: Dialect) -> &HeadSpec {
        match dialect {
            Dialect::Station => &self.station,
            Dialect::Concentrator => &self.concentrator,
            Dialect::V1 => &self.v1,
        }
    }

    /// The heads of one dialect, to be changed.
    pub fn of_mut(&mut self, dialect: Dialect) -> &mut HeadSpec {
        match dialect {
            Dialect::Station => &mut self.station,
            Dialect::Concentrator => &mut self.concentrator,
            Dialect::V1 => &mut self.v1,
        }
    }

    /// Lets every dialect answer the operating status ([`ItemName::operating_status`]).
    pub fn tell_operating_status(&mut self) {
        for dialect in Dialect::ALL {
            let item = ItemName::operating_status(dialect);
            self.of_mut(dialect).items.push(item);
        }
    }
}
