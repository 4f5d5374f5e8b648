//! The registry: every rule, in the order in which they run. Supply first.

mod beyond;
mod load;
mod supply;
mod tamper;
mod travel;

pub(crate) use beyond::derive;

use crate::rule::Rule;

/// Every rule, in order. Supply comes first, then what belongs to single codes, then what may keep
/// people from travelling in vain.
pub const RULES: &[&Rule] = &[
    // supply
    &supply::RELAY_CLOSED_AGAINST_CODE,
    &supply::ENERGY_AGAINST_CODE,
    &supply::USE_WHILE_OPEN,
    &supply::RELAY_OPEN_AGAINST_NORMAL,
    &supply::RELAY_CLOSED,
    &supply::RELAY_OPEN,
    &supply::ENERGY_FLOWS,
    &supply::DARK_AND_OCCUPIED,
    &supply::CREDIT_AND_DARK,
    &supply::CREDIT_AND_SUPPLIED,
    &supply::CREDIT_UNKNOWN,
    &supply::TEST_THAT_LASTS,
    &supply::TEST_UNKNOWN,
    &supply::TARIFF_UNKNOWN,
    &supply::MANY_NEIGHBOURS,
    &supply::ALONE,
    &supply::NEIGHBOURS_UNKNOWN,
    &supply::VOLTAGE_ON_ONE_PHASE,
    &supply::VOLTAGE_PHASES_UNKNOWN,
    // load
    &load::ABOVE_LIMIT,
    &load::LIMIT_DOES_NOT_EXPLAIN,
    &load::LOAD_UNKNOWN,
    &load::TRIPS_OFTEN,
    &load::REPEATS,
    &load::PF_SAYS_NOTHING,
    &load::PF_LOW,
    &load::PF_IN_ORDER,
    &load::PF_UNKNOWN,
    // tamper and wiring
    &tamper::OWN_WORK_ORDER,
    &tamper::NO_WORK_ORDER,
    &tamper::WORK_ORDER_UNKNOWN,
    &tamper::SOLAR,
    &tamper::SOLAR_UNKNOWN,
    &tamper::THREE_PHASES,
    &tamper::ONE_PHASE,
    &tamper::PHASES_UNKNOWN,
    &tamper::COVERS_OPENED,
    &tamper::TAMPER_AGAIN,
    // who travels
    &travel::OWN_DISCONNECT,
    &travel::CAN_COMMISSION,
    &travel::STILL_TRIPPED,
    &travel::GATEWAY_DARK,
    &travel::STALE,
    // without a code
    &beyond::REASON_UNKNOWN,
    &beyond::DARK_WITHOUT_CODE,
    &beyond::BATTERY_TOO,
];
