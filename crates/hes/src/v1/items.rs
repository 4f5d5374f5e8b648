//! What this dialect calls the items. Source: facts 2.6 and 6.1.

use crate::items::{Named, Sure, named};
use asking::Item;

/// Data items; their case does not matter. No item is known for the total energy, the power
/// factor, the relay and the counters other than the power-downs: the daily data has the total
/// energy, the credit register's tail the relay.
pub(crate) const ITEMS: &[Named] = &[
    // the best candidate for 1000 to 1025; the form of its answer is unproven
    named(
        Item::OperatingStatus,
        "Special status identifier",
        "Special status identifier",
        Sure::Named,
    ),
    named(
        Item::LoadLimit,
        "Maximum power threshold",
        "Maximum power threshold",
        Sure::Clients,
    ),
    named(Item::Power, "Power", "Power", Sure::Clients),
    named(
        Item::PowerDowns,
        "The number of power down",
        "The number of power down",
        Sure::Named,
    ),
    named(Item::Voltage, "Voltage", "Voltage", Sure::Clients),
    named(Item::Current, "Current", "Current", Sure::Clients),
    named(
        Item::Credit,
        "Current Credit Register",
        "Current Credit Register",
        Sure::Captured,
    ),
    named(Item::Firmware, "Version", "Version", Sure::Clients),
    // the date alone: `26-08-05 03`
    named(Item::Clock, "Date", "Date", Sure::Clients),
];

/// Firmware versions and what they cannot answer (facts 2.6).
pub(super) const CANNOT: &[(&str, &[Item])] = &[(
    "2F6B4584",
    &[Item::LoadLimit, Item::OperatingStatus, Item::PowerDowns],
)];
