//! What this dialect calls the items. Source: facts 4.4.1 and 6.3.

use crate::items::{Items, Named, Sure, named};
use asking::{Act, Item};

/// Data identifiers. The operating status is missing on purpose: nobody has published under which
/// identifier this dialect answers it, so a deployment names it. No identifier is known for the
/// load limit, the power factor, the counters, the firmware and the clock either.
pub(crate) const ITEMS: &[Named] = &[
    // `000005.00,01,00`: credit, level, relay
    named(Item::Credit, "E421", "Credit balance", Sure::Captured),
    // one client says 901F, the radio frames say 9010
    named(
        Item::TotalEnergy,
        "901F",
        "Total Consumption",
        Sure::Clients,
    ),
    named(Item::Power, "B630", "", Sure::Clients),
    // `OK` or status bytes
    named(Item::Relay, "EFF5", "Relay Status", Sure::Captured),
    named(Item::Voltage, "B611", "", Sure::Inferred),
    named(Item::Current, "B621", "", Sure::Inferred),
];

/// `flag` and `dataDefault` of the relay, as the vendor's own pages send them: the first default
/// for protocol versions that begin with 1, 2 or 3, the second for all others.
const RELAY_ON: (&str, [&str; 2]) = ("C03D", ["996600000001", "9600000000"]);
const RELAY_OFF: (&str, [&str; 2]) = ("C03C", ["335500000001", "3500000000"]);

/// Whether a task of this name was created for this act; nothing where nobody knows.
pub(super) fn called(items: &Items, act: &Act, name: &str) -> Option<bool> {
    let own = match act {
        Act::Read(item) => return items.called(*item, name),
        // captured, facts 4.4
        Act::Reconnect => "Switch On",
        Act::Disconnect => "Switch Off",
        Act::DeliverToken(_) => "Send Token",
        Act::SetClock(_) => return None,
    };
    (!name.trim().is_empty()).then(|| name.trim().eq_ignore_ascii_case(own))
}

/// `flag` under which a token is sent; 20 digits, no blanks.
pub(super) const SEND_TOKEN: &str = "A120";

/// `flag` and `dataDefault` of a relay act; none for any other.
pub(super) fn relay(act: &Act, version: &str) -> Option<(&'static str, &'static str)> {
    let (flag, defaults) = match act {
        Act::Reconnect => RELAY_ON,
        Act::Disconnect => RELAY_OFF,
        Act::Read(_) | Act::SetClock(_) | Act::DeliverToken(_) => return None,
    };
    let older = matches!(version.split('.').next(), Some("1" | "2" | "3"));
    Some((flag, defaults[usize::from(!older)]))
}
