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

/// An item of one head-end.
struct Offered {
    item: Item,
    asks: String,
    /// What its answers are called; empty where nobody knows.
    answers: String,
}

/// What can be asked of one head-end.
pub(crate) struct Items(Vec<Offered>);

impl Items {
    /// The dialect's table with what the deployment says over it; an empty text takes an item
    /// away.
    pub(crate) fn new(table: &[Named], deployment: &Deployment) -> Self {
        let offered = Item::all().filter_map(|item| {
            let known = table.iter().find(|named| named.item == item);
            let said = deployment.items.get(&item);
            let asks = said.map(|name| name.asks.trim());
            let asks = asks.or(known.map(|known| known.asks))?;
            // the table's name of the answers belongs to the table's way of asking
            let usual = known.filter(|known| known.asks == asks);
            let answers = said.and_then(|name| name.answers.as_deref());
            let answers = answers.or(usual.map(|known| known.answers));
            Some(Offered {
                item,
                asks: asks.to_owned(),
                answers: answers.unwrap_or_default().trim().to_owned(),
            })
        });
        Self(offered.filter(|one| !one.asks.is_empty()).collect())
    }

    /// What goes into the request for this item.
    pub(crate) fn asks(&self, item: Item) -> Option<&str> {
        self.of(item).map(|one| one.asks.as_str())
    }

    /// Every item that can be asked for.
    pub(crate) fn all(&self) -> Vec<Item> {
        self.0.iter().map(|one| one.item).collect()
    }

    /// Each with its name.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Item, &str)> {
        self.0.iter().map(|one| (one.item, one.asks.as_str()))
    }

    /// Whether an answer of this name is one to this item; nothing where nobody knows.
    pub(crate) fn called(&self, item: Item, name: &str) -> Option<bool> {
        let name = name.trim();
        let is = |one: &Offered| !name.is_empty() && one.answers.eq_ignore_ascii_case(name);
        let own = self.of(item).filter(|own| !own.answers.is_empty());
        match own {
            Some(own) if !name.is_empty() => Some(is(own)),
            _ => self.0.iter().any(is).then_some(false),
        }
    }

    fn of(&self, item: Item) -> Option<&Offered> {
        self.0.iter().find(|one| one.item == item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asking::{Dialect, ItemName, Secret};

    fn items() -> Items {
        let mut deployment = Deployment::new("main", Dialect::Station, "", "ops", Secret::new(""));
        let status = ItemName {
            asks: "C119".to_owned(),
            answers: Some("Meter operating status".to_owned()),
        };
        let energy = ItemName {
            asks: "9010".to_owned(),
            answers: None,
        };
        deployment.items.insert(Item::OperatingStatus, status);
        deployment.items.insert(Item::TotalEnergy, energy);
        let table = [
            named(Item::Credit, "E421", "Credit balance", Sure::Captured),
            named(
                Item::TotalEnergy,
                "901F",
                "Total Consumption",
                Sure::Clients,
            ),
            named(Item::Power, "B630", "", Sure::Clients),
        ];
        Items::new(&table, &deployment)
    }

    #[test]
    fn a_name_tells_an_items_answers_from_anothers_where_it_is_known() {
        let rows = [
            (Item::Credit, "credit balance ", Some(true)),
            (Item::Credit, "Meter operating status", Some(false)),
            (Item::Credit, "Anything else", Some(false)),
            (Item::Credit, "", None),
            (Item::OperatingStatus, "Meter operating status", Some(true)),
            (Item::Power, "Credit balance", Some(false)),
            (Item::Power, "Anything else", None),
            // asked in another way, it may be called something else
            (Item::TotalEnergy, "Total Consumption", None),
        ];
        let items = items();
        for (item, name, says) in rows {
            assert_eq!(items.called(item, name), says, "{item:?} {name}");
        }
    }
}
