//! How each dialect names what a meter can be asked for.

use super::World;
use crate::dialect::Dialect;
use crate::meter::Meter;
use crate::scene::Quantity;
use crate::{concentrator, station, v1};

/// One item in a dialect's own words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// What stands in the request.
    pub(crate) asks: &'static str,
    /// What its answers are called.
    pub(crate) name: &'static str,
    /// The label beside the data.
    pub(crate) prefix: &'static str,
    /// What is answered.
    pub(crate) quantity: Quantity,
}

/// An item of a head: a row of its dialect's table, or one the scene adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// Of the dialect's table.
    Own(u16),
    /// Of [`crate::HeadSpec::items`].
    Added(u16),
}

/// How an item is written at a head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written<'a> {
    pub(crate) asks: &'a str,
    pub(crate) name: &'a str,
    pub(crate) prefix: &'a str,
    pub(crate) quantity: Quantity,
}

/// Items that the old firmware fails. Source: the facts, for v1; taken to hold whatever the dialect.
const OLD_FIRMWARE_FAILS: &[Quantity] = &[
    Quantity::LoadLimit,
    Quantity::OperatingStatus,
    Quantity::Reason87,
    Quantity::PowerDowns,
];

impl World {
    /// The item a head understands under this name.
    pub(crate) fn item(&self, head: usize, asked: &str) -> Option<Item> {
        let added = self
            .spec(head)
            .items
            .iter()
            .position(|item| item.asks.iter().any(|ask| ask.eq_ignore_ascii_case(asked)));
        let own = || {
            table(self.dialect(head))
                .iter()
                .position(|row| row.asks.eq_ignore_ascii_case(asked))
        };
        match added {
            Some(at) => u16::try_from(at).ok().map(Item::Added),
            None => own().and_then(|at| u16::try_from(at).ok()).map(Item::Own),
        }
    }

    /// How an item is written.
    pub(crate) fn written(&self, head: usize, item: Item) -> Option<Written<'_>> {
        match item {
            Item::Own(at) => table(self.dialect(head))
                .get(usize::from(at))
                .map(|row| Written {
                    asks: row.asks,
                    name: row.name,
                    prefix: row.prefix,
                    quantity: row.quantity,
                }),
            Item::Added(at) => self
                .spec(head)
                .items
                .get(usize::from(at))
                .map(|item| Written {
                    asks: item.asks.first().map_or("", String::as_str),
                    name: &item.name,
                    prefix: &item.name,
                    quantity: item.quantity,
                }),
        }
    }

    /// What a meter answers to an item, in the head's way of writing; nothing where it cannot.
    pub(super) fn say(&self, head: usize, item: Item, meter: &Meter, ms: i64) -> Option<String> {
        let quantity = self.written(head, item)?.quantity;
        if meter.is_old() && OLD_FIRMWARE_FAILS.contains(&quantity) {
            return None;
        }
        match self.dialect(head) {
            Dialect::Station => station::say(quantity, meter, ms, self.around),
            Dialect::Concentrator => concentrator::say(quantity, meter, ms, self.around),
            Dialect::V1 => v1::say(quantity, meter, ms, self.around),
        }
    }
}

fn table(dialect: Dialect) -> &'static [Row] {
    match dialect {
        Dialect::Station => station::ITEMS,
        Dialect::Concentrator => concentrator::ITEMS,
        Dialect::V1 => v1::ITEMS,
    }
}
