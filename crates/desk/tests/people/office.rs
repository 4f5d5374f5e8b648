//! An office full of people.

use desk::people::{Denied, People, Who};
use fleet::{DAY, MeterNumber, Moment};
use people::{NotAllowed, Password, Role};
use std::future::Future;
use store::{AuditFilter, OpenOptions, Store};

pub(crate) const NOW: Moment = Moment(1_767_225_600_000);
pub(crate) const WORD: &str = "correct horse";

pub(crate) fn run(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test);
}

pub(crate) fn word(text: &str) -> Password {
    Password::new(text.to_owned()).unwrap()
}

pub(crate) fn meter() -> MeterNumber {
    MeterNumber::parse("47001582544").unwrap()
}

/// An office: `boss` is the admin, and each of these has this role since the day before yesterday.
pub(crate) struct Office {
    pub(crate) store: Store,
    pub(crate) people: People,
    pub(crate) boss: Who,
}

impl Office {
    pub(crate) async fn open(others: &[(&str, Role)]) -> Self {
        let store = Store::open("sqlite::memory:", OpenOptions::default());
        let store = store.await.unwrap();
        let people = People::new(store.clone());
        let earlier = NOW.plus(-2 * DAY);
        people
            .add(None, "boss", Role::Admin, Some(word(WORD)), earlier)
            .await
            .unwrap();
        let boss = people.know("boss", WORD, earlier).await.unwrap();
        for (name, role) in others {
            let added = people.add(Some(&boss), name, *role, None, earlier);
            added.await.unwrap();
        }
        Self {
            store,
            people,
            boss,
        }
    }

    /// Somebody, by a key that is as old as the person.
    pub(crate) async fn who(&self, name: &str) -> Who {
        let earlier = NOW.plus(-2 * DAY);
        let made = self
            .people
            .add_key(&self.boss, name, "a test", None, earlier);
        let (_, key) = made.await.unwrap();
        self.people.behind(key.reveal(), NOW).await.unwrap()
    }

    pub(crate) async fn did(&self) -> Vec<(String, String)> {
        let log = self
            .store
            .audit_log(&AuditFilter::default(), None, 99)
            .await;
        let log = log.unwrap().into_iter().rev();
        log.map(|line| (line.who, line.what)).collect()
    }
}

/// Whether it was the role that did not allow it.
pub(crate) fn is_role<T>(ended: &Result<T, Denied>) -> bool {
    matches!(ended, Err(Denied::NotAllowed(NotAllowed::Role { .. })))
}
