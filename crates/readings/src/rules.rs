//! The registry: every rule, in the order of their numbers.

mod clock;
mod day;
mod digits;
mod held;
mod neighbours;
mod register;
mod stretch;
mod total;

use crate::rule::Rule;

/// Every rule of validation. A number may have several, because what has to be done differs.
pub static RULES: &[Rule] = &[
    register::SAME_MOMENT,
    register::RAN_BACK,
    register::ROLLED_OVER,
    register::EXCHANGED,
    register::EXCHANGED_BLIND,
    register::BEYOND_METER,
    register::BEYOND_LIMIT,
    day::SPIKE,
    day::HIGH,
    day::LOW,
    neighbours::ABOVE_NEIGHBOURS,
    neighbours::BELOW_NEIGHBOURS,
    day::NOTHING_USED,
    stretch::USE_WHILE_OPEN,
    stretch::USE_WHILE_VACANT,
    held::FROZEN_VALUE,
    held::FROZEN_REGISTER,
    stretch::GAP,
    total::SUM_DIFFERS,
    clock::CLOCK_OFF,
    clock::CLOCK_JUMPED,
    digits::TEN_TIMES,
    digits::TENTH,
    digits::SWAPPED,
];

/// The rule with this name.
pub fn rule(slug: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.slug == slug)
}
