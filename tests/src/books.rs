//! What the store says, in one question each.

use crate::{Delivered, NAME};
use ::fleet::{MeterNumber, Moment};
use std::collections::{BTreeMap, BTreeSet};
use store::{Case, CaseFilter, Meter, MeterFilter, Standing, Store, StoredAnswer};

/// More rows than any test has.
const ALL: usize = 1_000_000;

/// A way to look into a store.
#[derive(Clone, Debug)]
pub struct Books(Store);

impl Books {
    /// Looks into this store.
    pub fn of(store: &Store) -> Self {
        Self(store.clone())
    }

    /// Every meter and where it stands.
    pub async fn meters(&self) -> Vec<(Meter, Option<Standing>)> {
        let listed = self.0.list_meters(&MeterFilter::default(), None, ALL).await;
        listed.expect("the meters are listed")
    }

    /// Where each meter stands that has ever been asked, by its number.
    pub async fn standings(&self) -> BTreeMap<String, Standing> {
        let meters = self.meters().await.into_iter();
        meters
            .filter_map(|(meter, standing)| Some((meter.number.as_str().to_owned(), standing?)))
            .collect()
    }

    /// Every open case, explained ones too.
    pub async fn open_cases(&self) -> Vec<Case> {
        self.cases(false).await
    }

    /// Every closed case.
    pub async fn closed_cases(&self) -> Vec<Case> {
        self.cases(true).await
    }

    async fn cases(&self, closed: bool) -> Vec<Case> {
        let filter = CaseFilter {
            explained: true,
            closed,
            ..CaseFilter::default()
        };
        let cases = self.0.cases(&filter, None, ALL).await;
        cases.expect("the cases are listed")
    }

    /// The causes of the head-end's open cases.
    pub async fn troubles(&self) -> Vec<String> {
        let cases = self.open_cases().await.into_iter();
        let troubles = cases.filter(|case| case.subject.kind == "head_end");
        troubles.map(|case| case.cause).collect()
    }

    /// Every answer that is kept of this meter, newest first.
    pub async fn answers(&self, meter: &MeterNumber) -> Vec<StoredAnswer> {
        let answers = self.0.answers(meter, None, ALL).await;
        answers.expect("the answers are listed")
    }

    /// Every answer that is kept of any meter.
    pub async fn all_answers(&self) -> Vec<StoredAnswer> {
        let mut all = Vec::new();
        for (meter, _) in self.meters().await {
            all.extend(self.answers(&meter.number).await);
        }
        all
    }

    /// Whether everything that was delivered is kept word for word. What is missing.
    pub async fn all_kept(&self, delivered: &[Delivered]) -> Result<(), String> {
        let mut kept: BTreeMap<&MeterNumber, Vec<StoredAnswer>> = BTreeMap::new();
        for one in delivered {
            if !kept.contains_key(&one.meter) {
                kept.insert(&one.meter, self.answers(&one.meter).await);
            }
            let mut of_meter = kept[&one.meter].iter();
            if !of_meter.any(|kept| kept.answer.body == one.raw) {
                return Err(format!("{one:?} is not kept"));
            }
        }
        Ok(())
    }

    /// The tasks that slots are held for.
    pub async fn held_tasks(&self) -> Vec<String> {
        let slots = self.0.slots(NAME).await.expect("the slots are listed");
        slots.into_iter().filter_map(|held| held.task).collect()
    }

    /// The meters that slots are held for whose horizon has not passed.
    pub async fn held_meters(&self, now: Moment) -> BTreeSet<String> {
        let slots = self.0.slots(NAME).await.expect("the slots are listed");
        let held = slots.into_iter().filter(|held| held.slot.horizon > now);
        held.map(|held| held.slot.meter.as_str().to_owned())
            .collect()
    }

    /// Slots that are held although their horizon has passed so many milliseconds ago.
    pub async fn overdue_slots(&self, now: Moment, grace: i64) -> usize {
        let slots = self.0.slots(NAME).await.expect("the slots are listed");
        let overdue = slots
            .iter()
            .filter(|held| now.since(held.slot.horizon) > grace);
        overdue.count()
    }
}
