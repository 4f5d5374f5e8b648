//! A desk with a store, some homes, and people who have been here for a while.

use desk::command::{CommandRules, Commands, Request, Vault};
use desk::people::Who;
use desk::{CaseRules, Clock, Intake};
use fleet::{MeterNumber, Moment, SiteId};
use people::{Person, PersonName, Role};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Command, CommandFilter, Meter, OpenOptions, Store};
use tempfile::TempDir;

pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) commands: Arc<Commands>,
    _folder: TempDir,
}

impl Desk {
    /// A desk with ten homes at `small` and the others at `large`.
    pub(crate) async fn open(homes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("desk.db").display());
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        let meters: Vec<Meter> = (0..homes).map(meter).collect();
        store.put_meters(&meters).await.unwrap();
        let clock = Clock::running(1);
        let intake = Intake::open(store.clone(), clock, CaseRules::default(), BTreeMap::new());
        let intake = Arc::new(intake.await.unwrap());
        let vault = Vault::new(&[7; 32]).unwrap();
        Self {
            commands: Arc::new(Commands::new(intake, CommandRules::default(), vault)),
            store,
            _folder: folder,
        }
    }

    /// Everything that is written down, oldest first.
    pub(crate) async fn kept(&self) -> Vec<Command> {
        let kept = self.store.commands(&CommandFilter::default(), 10_000).await;
        let mut kept = kept.unwrap();
        kept.reverse();
        kept
    }
}

fn meter(n: usize) -> Meter {
    Meter {
        number: number(n),
        head_end: Some("main".to_owned()),
        site: SiteId::parse(if n < 10 { "small" } else { "large" }),
        gateway: None,
        customer: None,
        phases: Some(1),
        solar: None,
        occupied: None,
    }
}

pub(crate) fn number(n: usize) -> MeterNumber {
    MeterNumber::parse(&format!("47{n:09}")).unwrap()
}

pub(crate) fn who(name: &str, role: Role) -> Who {
    Who {
        person: Person::new(PersonName::parse(name).unwrap(), role, Moment(0)),
        via: "a test".to_owned(),
    }
}

pub(crate) fn wish(n: usize, kind: &str, intent: &str) -> Request {
    Request {
        meter: number(n),
        kind: kind.to_owned(),
        args: Value::Null,
        reason: "the customer called".to_owned(),
        who: who("desk", Role::Operator),
        intent: Some(intent.to_owned()),
    }
}
