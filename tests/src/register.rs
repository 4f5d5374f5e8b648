//! The fleet is registered as a deployment would do it.

use crate::{Head, NAME};
use ::desk::import::{Defaults, Mode, apply, from_head_end, read};
use asking::Dialect;
use std::collections::BTreeMap;
use store::{NewImport, Store};

/// Rows a page of the head-end's lists.
const PAGE: u32 = 500;

/// Registers the fleet: from the head-end's own lists where they say who is where, and from a table
/// of the operator's for v1, whose list has bare numbers.
pub async fn register(store: &Store, head: &Head) {
    match head.dialect {
        Dialect::Station | Dialect::Concentrator => from_lists(store, head).await,
        Dialect::V1 => from_table(store, head).await,
    }
    let due = store.due().await.expect("the fleet is there").len();
    assert_eq!(due, head.sim.handle.numbers().len());
}

fn import(head: &Head) -> NewImport {
    NewImport {
        source: NAME.to_owned(),
        who: "end-to-end".to_owned(),
        at: head.clock.now(),
    }
}

async fn from_lists(store: &Store, head: &Head) {
    let head_end = hes::connect(head.deployment()).expect("the head-end can be spoken to");
    let now = head.clock.now();
    let listed = from_head_end(head_end.as_ref(), PAGE, now, &mut |_| ()).await;
    assert_eq!(listed.problems, [""; 0], "the lists are read");
    let imported = store.import(&import(head), &listed.rows).await;
    imported.expect("the fleet is registered");
}

async fn from_table(store: &Store, head: &Head) {
    let handle = &head.sim.handle;
    let gateways = handle.state().gateways.into_iter();
    let sites: BTreeMap<String, String> =
        gateways.map(|gateway| (gateway.id, gateway.site)).collect();
    let mut table = "meter,gateway,site\n".to_owned();
    for number in handle.numbers() {
        let gateway = handle.meter(&number).expect("a meter").state.gateway;
        table += &format!("{number},{gateway},{}\n", sites[&gateway]);
    }
    let defaults = Defaults {
        head_end: Some(NAME.to_owned()),
    };
    let draft = read(std::io::Cursor::new(table), &defaults).expect("the table is read");
    let applied = apply(store, &draft, &import(head), Mode::AllOrNothing).await;
    let applied = applied.expect("the fleet is registered");
    assert!(applied.import.is_some(), "{:?}", draft.errors);
}
