//! How a dialect names each item, how sure that is, and what a deployment says instead.

use asking::{Deployment, Item};

/// How sure a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Seen in a real answer.
    Captured,
    /// Seen in client programs that work with it.
    Clients,
    /// Named by client programs that never used it; the form of its answer is not known.
    Named,
    /// Concluded from the meters' radio frames.
    Inferred,
}

/// An item as a dialect names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The item.
    pub item: Item,
    /// What goes into the request: a data item (v1), a protocol id (concentrator), a data
    /// identifier (station).
    pub asks: &'static str,
    /// What its answers are called; empty where nobody has seen one.
    pub answers: &'static str,
    /// How sure the name is.
    pub sure: Sure,
}

/// A row of a dialect's table.
pub(crate) const fn named(
    item: Item,
    asks: &'static str,
    answers: &'static str,
    sure: Sure,
) -> Named {
    Named {
        item,
        asks,
        answers,
        sure,
    }
}

/// What can be asked of one head-end.
pub(crate) struct Items(Vec<(Item, String)>);

impl Items {
    /// The dialect's table with what the deployment says over it; an empty text takes an item
    /// away.
    pub(crate) fn new(table: &[Named], deployment: &Deployment) -> Self {
        let asks = |item: Item| match deployment.items.get(&item) {
            Some(name) => Some(name.asks.trim().to_owned()),
            None => table
                .iter()
                .find(|named| named.item == item)
                .map(|named| named.asks.to_owned()),
        };
        let named = Item::all().filter_map(|item| Some((item, asks(item)?)));
        Self(named.filter(|(_, asks)| !asks.is_empty()).collect())
    }

    /// What goes into the request for this item.
    pub(crate) fn asks(&self, item: Item) -> Option<&str> {
        let (_, asks) = self.0.iter().find(|(known, _)| *known == item)?;
        Some(asks)
    }

    /// Every item that can be asked for.
    pub(crate) fn all(&self) -> Vec<Item> {
        self.0.iter().map(|(item, _)| *item).collect()
    }

    /// Each with its name.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Item, &str)> {
        self.0.iter().map(|(item, asks)| (*item, asks.as_str()))
    }
}
