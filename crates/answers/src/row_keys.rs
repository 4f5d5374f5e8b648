//! How the dialects name what a row holds. A table, not code: a new spelling is a new line here.
//!
//! Source: the facts on the three HTTP dialects; the last names are our own table's columns.

/// The meter's number.
pub(crate) const METER: &[&str] = &["meterId", "MeterNo", "MeterNumber", "meter_number", "meter"];
/// The gateway or concentrator.
pub(crate) const GATEWAY: &[&str] = &["gatewayId", "concentratorId", "ConcentratorNo", "gateway"];
/// The site or station.
pub(crate) const SITE: &[&str] = &["stationId", "SITE_ID", "site"];
/// The time of the answer, in the site's local time.
pub(crate) const AT: &[&str] = &[
    "currentDate",
    "updateDate",
    "EndDate",
    "createDate",
    "CreateDate",
    "timestamp",
    "at",
];
/// The cumulative energy register, kWh.
pub(crate) const ENERGY: &[&str] = &[
    "totalT1",
    "TotalUnitsCounter",
    "total1",
    "energyReadingKwh",
    "energy_kwh",
];
/// Active power, W.
pub(crate) const POWER: &[&str] = &["power", "power_w"];
/// The load limit, W.
pub(crate) const LOAD_LIMIT: &[&str] = &["load_limit_w"];
/// The power factor.
pub(crate) const POWER_FACTOR: &[&str] = &["power_factor"];
/// What a task was asked for.
pub(crate) const ITEM: &[&str] = &["DataItem", "name"];
/// What a task answered.
pub(crate) const DATA: &[&str] = &["Data", "data"];
/// A head-end's result code, and why.
pub(crate) const REFUSAL: &[&str] = &["ResultCode", "result_code", "code"];
/// The reason of a refusal.
pub(crate) const REASON: &[&str] = &["Reason", "reason", "title", "Message"];
/// An operating status that stands in a row by its own name, spelling folded.
pub(crate) const OPERATING_STATUS: &[&str] = &[
    "meteroperatingstatus",
    "operatingstatus",
    "specialstatusidentifier",
    "specialstatus",
    "amicode",
    "amistatus",
];

/// A status bit: its key, what it is, and whether `true` means normal in that dialect.
pub(crate) struct BitKey {
    pub(crate) key: &'static str,
    pub(crate) bit: Bit,
    /// `status_*` of the concentrator dialect: `true` is normal (from one real answer; a setting).
    pub(crate) true_is_normal: bool,
}

/// What a status bit is about.
#[derive(Clone, Copy)]
pub(crate) enum Bit {
    Relay,
    Battery,
    Magnetic,
    TerminalCover,
    UpperCover,
    Enclosure,
    Reversed,
    Unbalanced,
}

pub(crate) const BITS: &[BitKey] = &[
    normal("status_Relay", Bit::Relay),
    normal("status_Battery", Bit::Battery),
    normal("status_Magnetic", Bit::Magnetic),
    normal("status_Cover_Terminal", Bit::TerminalCover),
    normal("status_Cover_Upper", Bit::UpperCover),
    normal("status_Cover_Box", Bit::Enclosure),
    normal("status_Current_Direction", Bit::Reversed),
    normal("status_Current_Unbalance", Bit::Unbalanced),
    fault("relayOpen", Bit::Relay),
    fault("batteryLow", Bit::Battery),
    fault("magneticInterference", Bit::Magnetic),
    fault("terminalCoverOpen", Bit::TerminalCover),
    fault("coverOpen", Bit::UpperCover),
    fault("currentReverse", Bit::Reversed),
    fault("currentUnbalance", Bit::Unbalanced),
];

const fn normal(key: &'static str, bit: Bit) -> BitKey {
    BitKey {
        key,
        bit,
        true_is_normal: true,
    }
}

const fn fault(key: &'static str, bit: Bit) -> BitKey {
    BitKey {
        key,
        bit,
        true_is_normal: false,
    }
}
