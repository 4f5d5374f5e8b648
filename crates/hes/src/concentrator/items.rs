//! What this dialect calls the items. Source: facts 3.3 and 6.1.

use crate::items::{Named, Sure, named};
use asking::Item;

/// Protocol ids (tree version 1.1). No id is known for the total energy, the power factor and the
/// counters other than the power-downs; the daily report has the total energy.
pub(crate) const ITEMS: &[Named] = &[
    // "special status": the best candidate for 1000 to 1025; the form of its answer is unproven
    named(Item::OperatingStatus, "43", "", Sure::Named),
    named(
        Item::LoadLimit,
        "46",
        "Maximum power threshold",
        Sure::Clients,
    ),
    named(Item::Power, "11", "Power", Sure::Clients),
    // "terminal cover last opened"
    named(Item::CoverOpened, "42", "", Sure::Named),
    named(
        Item::PowerDowns,
        "47",
        "The Number Of Power Down",
        Sure::Named,
    ),
    named(Item::Relay, "37", "", Sure::Named),
    named(Item::Voltage, "5", "Phase-A Voltage", Sure::Clients),
    named(Item::Current, "8", "Phase-A Current(A)", Sure::Clients),
    named(Item::Credit, "39", "Current Credit Balance", Sure::Captured),
    named(
        Item::Firmware,
        "45",
        "Meter Firmware Version",
        Sure::Clients,
    ),
    named(Item::Clock, "29", "Clock(time)", Sure::Clients),
];

/// Setting the clock.
pub(super) const SET_CLOCK: u32 = 10_000;
/// Closing the relay.
pub(super) const RELAY_ON: u32 = 20_000;
/// Opening the relay.
pub(super) const RELAY_OFF: u32 = 20_001;
/// Delivering a token.
pub(super) const SEND_TOKEN: u32 = 30_000;
